package io.realmstream.model.updating.backlog;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.model.updating.HeapShard;
import io.realmstream.model.updating.Shard;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WorkQueueTest {
  private final Shard shard = HeapShard.empty(0);
  private final Shard other = HeapShard.empty(1);
  private final WorkQueue queue = new WorkQueue();

  @Test
  void editsComeInTheOrderOfTheirArrivalEachDocumentOnce() {
    queue.edit(shard, "a", 5);
    queue.edit(other, "a", 6);
    queue.edit(shard, "b", 7);
    queue.edit(shard, "a", 8);

    assertThat(edits()).containsExactly("0 a", "1 a", "0 b");
    assertThat(queue.tasks()).isEqualTo(3);
    assertThat(queue.tasks(shard)).isEqualTo(2);
  }

  @Test
  void editOfARebuildTakesItsTurnAmongEdits() {
    queue.rebuild(shard, "a");
    queue.rebuild(shard, "b");
    queue.edit(shard, "b", 5);

    assertThat(edits()).containsExactly("0 b");
    assertThat(rebuilds()).containsExactly("0 a");
  }

  @Test
  void documentThatIsAskedForIsNotRebuiltBesides() {
    queue.edit(shard, "a", 5);
    queue.rebuild(shard, "a");

    assertThat(edits()).containsExactly("0 a");
    assertThat(rebuilds()).isEmpty();
  }

  @Test
  void editOfAStartedDocumentWaitsForItsEnd() {
    queue.edit(shard, "a", 5);
    Task task = Objects.requireNonNull(queue.pollEdit());
    queue.edit(shard, "a", 6);
    assertThat(queue.pollEdit()).isNull();

    queue.requeue(task);
    assertThat(queue.pollEdit()).isSameAs(task);
  }

  @Test
  void oldestIsTheEarliestTimestampThatSomebodyWaitsFor() {
    assertThat(queue.oldest()).isNull();
    queue.edit(shard, "a", 7);
    queue.edit(shard, "b", 5);
    queue.edit(shard, "a", 9);
    assertThat(queue.oldest()).isEqualTo(5);

    end("b");
    assertThat(queue.oldest()).isEqualTo(7);
    end("a");
    assertThat(queue.oldest()).isNull();
    assertThat(queue.editTasks()).isZero();
    assertThat(queue.tasks()).isZero();
  }

  @Test
  void rebuildHoldsBackNoClaim() {
    queue.rebuild(shard, "a");

    assertThat(queue.oldest()).isNull();
    assertThat(queue.editTasks()).isZero();
    assertThat(queue.tasks()).isEqualTo(1);
  }

  @Test
  void followerHasItsTurnBeforeOtherRebuildsAndHoldsBackNoClaim() {
    queue.rebuild(shard, "a");
    queue.edit(shard, "b", 5);
    Task task = Objects.requireNonNull(queue.pollEdit());

    assertThat(queue.follow(task)).isTrue();
    assertThat(queue.oldest()).isNull();
    assertThat(rebuilds()).containsExactly("0 b", "0 a");
  }

  @Test
  void rebuildDoesNotFollow() {
    queue.rebuild(shard, "a");
    assertThat(queue.follow(Objects.requireNonNull(queue.pollRebuild()))).isFalse();
  }

  @Test
  void atMostAThousandFollow() {
    for (int i = 0; i <= 1_000; i++) {
      queue.edit(shard, "d" + i, i);
    }
    for (int i = 0; i < 1_000; i++) {
      assertThat(queue.follow(Objects.requireNonNull(queue.pollEdit()))).isTrue();
    }
    assertThat(queue.follow(Objects.requireNonNull(queue.pollEdit()))).isFalse();
  }

  @Test
  void walkRestsWhileSixtyFourRebuildsWait() {
    for (int i = 0; i < 63; i++) {
      queue.rebuild(shard, "d" + i);
    }
    assertThat(queue.mayRebuild()).isTrue();
    queue.rebuild(shard, "last");
    assertThat(queue.mayRebuild()).isFalse();
    queue.pollRebuild();
    assertThat(queue.mayRebuild()).isTrue();
  }

  @Test
  void shardIsDoneWhenNoTaskUpToThereIsLeft() {
    queue.rebuild(shard, "a");
    queue.rebuild(other, "x");
    long last = queue.lastSequence();
    queue.rebuild(shard, "b");
    assertThat(queue.isDoneUpTo(shard, last)).isFalse();

    queue.done(Objects.requireNonNull(queue.pollRebuild()));
    assertThat(queue.isDoneUpTo(shard, last)).isTrue();
    assertThat(queue.isDoneUpTo(other, last)).isFalse();
    assertThat(queue.isDoneUpTo(shard, queue.lastSequence())).isFalse();
  }

  @Test
  void documentIsPublishedOnceMoreInTheVersionsThatWereNamed() {
    queue.republish(shard, "a", List.of(2, 3));
    queue.republish(shard, "a", List.of(3, 4));
    Task task = Objects.requireNonNull(queue.pollRebuild());

    assertThat(task.republishIn()).containsExactly(2, 3, 4);
    assertThat(task.isWhole(2, Long.MIN_VALUE)).isTrue();
  }

  @Test
  void editsOfBeforeTheRestartAreWhole() {
    queue.edit(shard, "a", 99);
    queue.edit(shard, "b", 100);
    queue.rebuild(shard, "c");

    assertThat(Objects.requireNonNull(queue.task(shard, "a")).isWhole(2, 100)).isTrue();
    assertThat(Objects.requireNonNull(queue.task(shard, "b")).isWhole(2, 100)).isFalse();
    assertThat(Objects.requireNonNull(queue.task(shard, "c")).isWhole(2, 100)).isTrue();
  }

  @Test
  void restoredShardAsksForWhatItsStateSaysIsNotPublished() {
    HeapShard state = new HeapShard();
    state.open(0).pend("a", 7);
    state.open(0).pend("a", 9);
    state.open(0).pend("b", 8);
    queue.restore(state.open(0));

    assertThat(queue.oldest()).isEqualTo(7);
    assertThat(edits()).containsExactly("0 a", "0 b");
  }

  private void end(String id) {
    Task task = Objects.requireNonNull(queue.task(shard, id));
    queue.done(task);
  }

  private List<String> edits() {
    List<String> ids = new ArrayList<>();
    for (Task task = queue.pollEdit(); task != null; task = queue.pollEdit()) {
      ids.add(name(task));
    }
    return ids;
  }

  private List<String> rebuilds() {
    List<String> ids = new ArrayList<>();
    for (Task task = queue.pollRebuild(); task != null; task = queue.pollRebuild()) {
      ids.add(name(task));
    }
    return ids;
  }

  private static String name(@Nullable Task task) {
    return task == null ? "none" : task.shard().number() + " " + task.id();
  }
}
