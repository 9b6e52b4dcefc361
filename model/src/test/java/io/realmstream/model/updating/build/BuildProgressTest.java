package io.realmstream.model.updating.build;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.model.updating.HeapShard;
import io.realmstream.model.updating.Shard;
import io.realmstream.model.updating.TestEdits;
import io.realmstream.model.updating.WalkPhase;
import io.realmstream.model.updating.backlog.WorkQueue;
import io.realmstream.model.updating.build.BuildProgress.Numbers;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class BuildProgressTest {
  private final Shard first = shard(0, 10);
  private final Shard second = shard(1, 30);
  private final VersionWalks walks = new VersionWalks(List.of(first, second));
  private final WorkQueue queue = new WorkQueue();
  private final BuildProgress progress = new BuildProgress(walks, queue);

  @Test
  void timeLeftIsAtThePaceSinceTheProcessBegan() {
    VersionWalk walk = walks.begin(first, 2, WalkPhase.BUILD);
    walks.begin(second, 2, WalkPhase.COMPLETE);
    walk.seen = 4;
    assertThat(progress.look(1_000)).containsExactly(2);
    assertThat(progress.of(2)).isEqualTo(new Numbers(34, 6, -1, 1_000));

    walk.seen = 7;
    assertThat(progress.look(7_000)).isEmpty();
    assertThat(progress.of(2)).isEqualTo(new Numbers(37, 3, 6, 7_000));
  }

  @Test
  void progressIsOfTheTimeAtWhichADocumentWasDoneLast() {
    VersionWalk walk = walks.begin(first, 2, WalkPhase.BUILD);
    progress.look(1_000);
    assertThat(progress.of(2).progressMs()).as("first look").isEqualTo(1_000);
    walk.seen = 1;
    progress.look(2_000);
    progress.look(3_000);
    assertThat(progress.of(2).progressMs()).isEqualTo(2_000);
  }

  @Test
  void editsThatComeAndGoAreNoProgress() {
    VersionWalk walk = walks.begin(first, 2, WalkPhase.BUILD);
    walk.seen = 4;
    queue.rebuild(first, "0");
    progress.look(1_000);
    for (long ms = 2_000; ms < 5_000; ms += 1_000) {
      queue.edit(first, "3", ms);
      progress.look(ms);
      queue.done(Objects.requireNonNull(queue.pollEdit()));
      progress.look(ms + 500);
    }
    assertThat(progress.of(2)).isEqualTo(new Numbers(3, 7, -1, 1_000));

    queue.done(Objects.requireNonNull(queue.pollRebuild()));
    progress.look(6_000);
    assertThat(progress.of(2).progressMs()).isEqualTo(6_000);
  }

  @Test
  void whatWaitsIsNotDone() {
    VersionWalk walk = walks.begin(first, 2, WalkPhase.BUILD);
    walk.seen = 10;
    walk.lastSequence = 2L;
    queue.rebuild(first, "0");
    queue.rebuild(first, "1");
    progress.look(0);

    assertThat(progress.of(2)).isEqualTo(new Numbers(8, 2, -1, 0));
  }

  @Test
  void versionThatIsForgottenHasNothing() {
    VersionWalk walk = walks.begin(first, 2, WalkPhase.COMPLETE);
    progress.look(0);
    assertThat(progress.of(2)).isEqualTo(new Numbers(10, 0, 0, 0));

    walks.forget(walk);
    progress.look(0);
    assertThat(progress.of(2)).isEqualTo(Numbers.NONE);
  }

  private static Shard shard(int number, int documents) {
    Shard shard = HeapShard.empty(number);
    for (int i = 0; i < documents; i++) {
      String id = Integer.toString(i);
      shard.want(id, TestEdits.upsert(id, 1, "A text."));
    }
    return shard;
  }
}
