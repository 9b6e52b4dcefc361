package io.realmstream.model.updating.build;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.model.updating.HeapShard;
import io.realmstream.model.updating.Shard;
import io.realmstream.model.updating.WalkPhase;
import java.util.List;
import org.junit.jupiter.api.Test;

class VersionWalksTest {
  private final HeapShard state = new HeapShard();
  private final Shard shard = state.open(0);
  private final VersionWalks walks = new VersionWalks(List.of(shard));

  @Test
  void phasesOfARestoredStateAreTakenUp() {
    walks.begin(shard, 2, WalkPhase.BUILD);
    walks.complete(walks.begin(shard, 1, WalkPhase.BUILD));

    Shard again = state.open(0);
    VersionWalks restored = new VersionWalks(List.of(again));
    assertThat(restored.of(again)).extracting(walk -> walk.version).containsExactly(1, 2);
    assertThat(restored.isComplete(again, 1)).isTrue();
    assertThat(restored.isComplete(again, 2)).isFalse();
    assertThat(restored.isWritten(again, 2)).isTrue();
  }

  @Test
  void walkThatBeginsTakesThePlaceOfTheEarlierOne() {
    VersionWalk earlier = walks.begin(shard, 1, WalkPhase.BUILD);
    VersionWalk later = walks.begin(shard, 1, WalkPhase.LATE);

    assertThat(walks.get(shard, 1)).isSameAs(later).isNotSameAs(earlier);
    assertThat(walks.of(shard)).hasSize(1);
    assertThat(shard.walks().get(1)).isEqualTo(WalkPhase.LATE);
  }

  @Test
  void versionThatIsForgottenStepByStepIsNotWritten() {
    walks.begin(shard, 1, WalkPhase.RETIRE);

    assertThat(walks.isWritten(shard, 1)).isFalse();
    assertThat(walks.isComplete(shard, 1)).isFalse();
    assertThat(walks.isWritten(shard, 2)).as("never heard of").isFalse();
  }

  @Test
  void forgottenWalkIsGoneFromTheStateToo() {
    walks.begin(shard, 2, WalkPhase.BUILD);
    walks.forget(walks.begin(shard, 1, WalkPhase.RETIRE));

    assertThat(walks.get(shard, 1)).isNull();
    assertThat(shard.walks().get(1)).isNull();
    assertThat(walks.of(shard)).extracting(walk -> walk.version).containsExactly(2);
  }

  @Test
  void shardLagsOnlyWhileAVersionIsLate() {
    walks.begin(shard, 1, WalkPhase.BUILD);
    assertThat(walks.lags(shard)).isFalse();

    VersionWalk late = walks.begin(shard, 2, WalkPhase.LATE);
    assertThat(walks.lags(shard)).isTrue();
    walks.complete(late);
    assertThat(walks.lags(shard)).isFalse();
  }

  @Test
  void shardsOfAnotherSubtaskHaveNoWalks() {
    walks.begin(shard, 1, WalkPhase.LATE);
    Shard other = HeapShard.empty(1);

    assertThat(walks.of(other)).isEmpty();
    assertThat(walks.isWritten(other, 1)).isFalse();
    assertThat(walks.lags(other)).isFalse();
    assertThat(walks.shards()).containsExactly(shard);
  }

  @Test
  void versionIsHeldUntilItIsReleasedOrNotWrittenAnyMore() {
    VersionWalk first = walks.begin(shard, 1, WalkPhase.LATE);
    VersionWalk second = walks.begin(shard, 2, WalkPhase.BUILD);
    walks.hold(shard, List.of(1, 2));
    assertThat(walks.isHeld(first)).isTrue();
    walks.release(shard, List.of(1));
    assertThat(walks.isHeld(first)).isFalse();
    assertThat(walks.isHeld(second)).isTrue();
    assertThat(walks.held(shard)).isNotEmpty();

    walks.begin(shard, 2, WalkPhase.RETIRE);
    walks.release(shard, List.of());
    assertThat(walks.held(shard)).isEmpty();
  }
}
