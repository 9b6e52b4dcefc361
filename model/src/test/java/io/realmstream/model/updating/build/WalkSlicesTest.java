package io.realmstream.model.updating.build;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.model.updating.HeapShard;
import io.realmstream.model.updating.Shard;
import io.realmstream.model.updating.TestEdits;
import io.realmstream.model.updating.WalkPhase;
import io.realmstream.model.updating.backlog.WorkQueue;
import io.realmstream.model.updating.publish.Publisher;
import io.realmstream.model.updating.publish.RecordedOutput;
import io.realmstream.schemas.vectors.PassageVectors;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class WalkSlicesTest {
  private final Shard shard = HeapShard.empty(0);
  private final RecordedOutput output = new RecordedOutput();
  private final WorkQueue queue = new WorkQueue();
  private final VersionWalks walks = new VersionWalks(List.of(shard));
  private final WalkSlices slices =
      new WalkSlices(walks, queue, new Publisher(output, "documents", () -> 0));

  @Test
  void onlyDocumentsThatLackTheVersionAreQueued() {
    want("missing");
    want("old");
    shard.publish("old", 1, TestEdits.published(TestEdits.upsert("old", 0, "Before.")));
    want("there");
    publish("there", 1);
    want("elsewhere");
    publish("elsewhere", 2);
    start(WalkPhase.BUILD);
    slices.advance();

    assertThat(queue.tasks()).isEqualTo(3);
    assertThat(queue.contains(shard, "there")).isFalse();
  }

  @Test
  void walkIsDoneWhenWhatItQueuedIs() {
    want("a");
    VersionWalk walk = start(WalkPhase.LATE);
    assertThat(slices.isDone(walk)).isFalse();

    assertThat(slices.advance()).containsExactly(shard);
    assertThat(slices.advance()).as("told once").isEmpty();
    assertThat(slices.isDone(walk)).isFalse();
    queue.rebuild(shard, "came later");
    queue.done(Objects.requireNonNull(queue.pollRebuild()));
    assertThat(slices.isDone(walk)).isTrue();
  }

  @Test
  void walkOfAVersionThatIsHeldIsNotDone() {
    VersionWalk walk = start(WalkPhase.LATE);
    slices.advance();
    assertThat(slices.isDone(walk)).isTrue();
    slices.walks().hold(shard, List.of(walk.version));
    assertThat(slices.isDone(walk)).isFalse();
  }

  @Test
  void aSliceLeavesTheRestForTheNext() {
    for (int i = 0; i < 300; i++) {
      want("d" + i);
      publish("d" + i, 1);
    }
    VersionWalk walk = start(WalkPhase.BUILD);
    assertThat(slices.advance()).isEmpty();
    assertThat(slices.isUnderWay(walk)).isTrue();
    assertThat(walk.seen).isEqualTo(255); // one look was for deletions

    slices.advance();
    assertThat(slices.isUnderWay(walk)).isFalse();
    assertThat(walk.seen).isEqualTo(300);
  }

  @Test
  void walkRestsWhileTheQueueIsFull() {
    for (int i = 0; i < 100; i++) {
      want("d" + i);
    }
    start(WalkPhase.BUILD);
    slices.advance();
    assertThat(queue.tasks()).isEqualTo(64);
    assertThat(slices.hasMore()).isFalse();
    assertThat(slices.isIdle()).isFalse();

    queue.pollRebuild();
    assertThat(slices.hasMore()).isTrue();
    slices.advance();
    assertThat(queue.tasks()).isEqualTo(65);
  }

  @Test
  void versionThatBeginsIsToldOfDeletions() {
    shard.delete("gone", TestEdits.delete("gone", 5).state());
    start(WalkPhase.BUILD);
    slices.advance();

    List<PassageVectors> told = output.of(PassageVectors.class);
    assertThat(told).extracting(PassageVectors::document).containsExactly("gone");
    assertThat(told.get(0).version()).isEqualTo(1);
    assertThat(told.get(0).revision().number()).isEqualTo(5);
  }

  @Test
  void deletionsAreToldInSlices() {
    for (int i = 0; i < 300; i++) {
      shard.delete("d" + i, TestEdits.delete("d" + i, 5).state());
    }
    start(WalkPhase.BUILD);
    slices.advance();
    assertThat(output.of(PassageVectors.class)).hasSizeBetween(1, 256);

    slices.advance();
    assertThat(output.of(PassageVectors.class))
        .extracting(PassageVectors::document)
        .doesNotHaveDuplicates()
        .hasSize(300);
  }

  @Test
  void selfCheckPassesByWhatWaits() {
    want("waits");
    want("missing");
    queue.edit(shard, "waits", 1);
    VersionWalk walk = start(WalkPhase.BUILD);
    SelfCheck check = new SelfCheck(shard, 10);
    walk.check = check;
    slices.advance();
    check.begin();

    assertThat(check.outcome())
        .isEqualTo("self-check of shard 0 found 1 differences: document missing is missing");
    assertThat(queue.tasks()).as("a check queues nothing").isEqualTo(1);
  }

  @Test
  void retiredVersionIsForgottenAndTheOthersStay() {
    want("a");
    publish("a", 1);
    publish("a", 2);
    VersionWalk walk = start(WalkPhase.RETIRE);
    slices.advance();

    assertThat(shard.published("a", 1)).isNull();
    assertThat(shard.published("a", 2)).isNotNull();
    assertThat(walks.get(shard, 1)).isNull();
    assertThat(slices.isUnderWay(walk)).isFalse();
  }

  @Test
  void walkWaitsOnceAndCanBeCancelled() {
    want("a");
    VersionWalk walk = start(WalkPhase.BUILD);
    slices.start(walk);
    slices.cancel(walk);
    slices.advance();

    assertThat(slices.isIdle()).isTrue();
    assertThat(queue.tasks()).isZero();
  }

  private VersionWalk start(WalkPhase phase) {
    VersionWalk walk = walks.begin(shard, 1, phase);
    slices.start(walk);
    return walk;
  }

  private void want(String id) {
    shard.want(id, TestEdits.upsert(id, 1, "A text."));
  }

  private void publish(String id, int version) {
    shard.publish(id, version, TestEdits.published(Objects.requireNonNull(shard.wanted(id))));
  }
}
