package io.realmstream.jobs.updater;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.jobs.OperatorMetrics;
import io.realmstream.jobs.updater.BuildProgress.Numbers;
import java.util.List;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.Test;

class BuildProgressTest {
  private final BuildProgress progress =
      new BuildProgress(new UpdaterMetrics(new OperatorMetrics(new UnregisteredMetricsGroup())));

  @Test
  void timeLeftIsAtThePaceSinceTheProcessBegan() {
    Shard first = shard(10);
    Shard second = shard(30);
    VersionWalk walk = walk(first, VersionWalk.Phase.BUILD);
    walk(second, VersionWalk.Phase.COMPLETE);
    walk.seen = 4;
    progress.look(List.of(first, second), 1_000);
    assertThat(progress.of(2)).isEqualTo(new Numbers(34, 6, -1));

    walk.seen = 7;
    progress.look(List.of(first, second), 7_000);
    assertThat(progress.of(2)).isEqualTo(new Numbers(37, 3, 6));
  }

  @Test
  void whatWaitsIsNotDone() {
    Shard shard = shard(10);
    VersionWalk walk = walk(shard, VersionWalk.Phase.BUILD);
    walk.seen = 10;
    walk.lastSequence = 2L;
    shard.tasks.put("a", new Task(shard, "a", 1));
    shard.tasks.put("b", new Task(shard, "b", 2));
    progress.look(List.of(shard), 0);

    assertThat(progress.of(2)).isEqualTo(new Numbers(8, 2, -1));
  }

  @Test
  void versionThatIsForgottenHasNothing() {
    Shard shard = shard(10);
    walk(shard, VersionWalk.Phase.COMPLETE);
    progress.look(List.of(shard), 0);
    assertThat(progress.of(2)).isEqualTo(new Numbers(10, 0, 0));

    shard.walks.clear();
    progress.look(List.of(shard), 0);
    assertThat(progress.of(2)).isEqualTo(Numbers.NONE);
  }

  private static Shard shard(long documents) {
    Shard shard = new Shard(0, 0);
    shard.documents = documents;
    return shard;
  }

  private static VersionWalk walk(Shard shard, VersionWalk.Phase phase) {
    VersionWalk walk = new VersionWalk(shard, 2, phase);
    shard.walks.put(2, walk);
    return walk;
  }
}
