package io.realmstream.model.version;

import static io.realmstream.schemas.version.VersionState.ACTIVE;
import static io.realmstream.schemas.version.VersionState.BUILDING;
import static io.realmstream.schemas.version.VersionState.READY;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.model.version.Checkpoints.Parts;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import io.realmstream.schemas.version.VersionState;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What the policy proposes for versions of a learner, beside those of people. */
class TrialVersionsTest extends PolicyFixture {
  @Test
  void ofTrialsOnlyTheOneBeforeTheVersionInForceIsKeptAndThatForTheWindow() {
    serve('a', false);
    serve('b', true);
    serve('c', true);
    assertThat(due(POLICY, NOON)).isNull();
    serve('d', true);
    assertThat(due(POLICY, NOON)).isEqualTo("2 READY RETIRED");
    change(2, VersionState.RETIRED);
    assertThat(due(POLICY, NOON)).isNull();
    assertThat(due(POLICY, NOON.plus(WINDOW))).isEqualTo("1 READY RETIRED");
    change(1, VersionState.RETIRED);
    assertThat(due(POLICY, NOON.plus(WINDOW))).isEqualTo("3 READY RETIRED");
  }

  @Test
  void aTrialThatWasLeftHadItsTime() {
    serve('a', false);
    serve('b', true);
    serve('c', true);
    change(2, ACTIVE); // rolled back
    assertThat(due(POLICY, NOON)).isEqualTo("3 READY RETIRED");
    change(3, VersionState.RETIRED);
    assertThat(due(POLICY, NOON)).isNull();
  }

  @Test
  void ofTrialsThatWaitForTheirCommandTheNewestStays() {
    serve('a', false);
    begin(BY_COMMAND, trial('b'));
    change(2, READY);
    assertThat(due(BY_COMMAND, NOON)).isNull();
    begin(BY_COMMAND, trial('c'));
    assertThat(due(BY_COMMAND, NOON)).isNull(); // it may never be READY
    change(3, READY);
    assertThat(due(BY_COMMAND, NOON)).isEqualTo("2 READY RETIRED");
    change(2, VersionState.RETIRED);
    assertThat(due(BY_COMMAND, NOON.plus(WINDOW))).isNull();
  }

  @Test
  void aTrialThatIsBeingBuiltIsFinishedBeforeTheNext() {
    serve('a', false);
    begin(POLICY, trial('b'));
    assertThat(POLICY.begin(table, trial('c'))).isNull();
    change(2, READY);
    assertThat(due(POLICY, NOON)).isEqualTo("2 READY ACTIVE");
  }

  @Test
  void aReleaseDisplacesATrialThatIsBeingBuilt() {
    serve('a', false);
    begin(POLICY, trial('b'));
    begin(POLICY, release('c'));
    assertThat(Objects.requireNonNull(table.get(2)).state()).isEqualTo(VersionState.RETIRED);
    begin(POLICY, release('c'));
    assertThat(Objects.requireNonNull(table.get(3)).state()).isEqualTo(BUILDING);
    assertThat(POLICY.begin(table, release('d'))).isNull();
    assertThat(POLICY.begin(table, trial('d'))).isNull();
  }

  @Test
  void theReleaseBeforeTrialsAndTheOneBehindThemKeepTheirWindow() {
    serve('a', false);
    serve('b', true);
    serve('c', false);
    assertThat(due(POLICY, NOON.plus(WINDOW).minusMillis(1))).isNull();
    serve('d', false);
    assertThat(due(POLICY, NOON)).isEqualTo("2 READY RETIRED"); // the trial alone
    change(2, VersionState.RETIRED);
    assertThat(due(POLICY, NOON.plus(WINDOW).minusMillis(1))).isNull();
  }

  @Test
  void publishingATrialAsAReleaseKeepsItsIndex() {
    serve('a', false);
    serve('b', true);
    begin(POLICY, release('b'));
    VersionEntry kept = Objects.requireNonNull(table.get(3));
    assertThat(kept.index()).isEqualTo(2);
    assertThat(kept.state()).isEqualTo(READY);
    change(3, ACTIVE);
    serve('c', true);
    assertThat(due(POLICY, NOON)).isEqualTo("2 READY RETIRED");
    change(2, VersionState.RETIRED);
    assertThat(table.isIndexWritten(2)).isTrue();
    assertThat(due(POLICY, NOON.plus(WINDOW).minusMillis(1))).isNull();
  }

  private static RetrieverCheckpoint release(char trunk) {
    return new Parts(trunk, null, trunk, 'a').checkpoint(1);
  }

  private static RetrieverCheckpoint trial(char trunk) {
    return release(trunk).asTrial();
  }

  private void serve(char trunk, boolean isTrial) {
    begin(POLICY, isTrial ? trial(trunk) : release(trunk));
    int version = table.count();
    if (version == 1) {
      change(1, ACTIVE);
      apply(1, ACTIVE, READY);
    } else {
      change(version, READY);
      change(version, ACTIVE);
    }
  }
}
