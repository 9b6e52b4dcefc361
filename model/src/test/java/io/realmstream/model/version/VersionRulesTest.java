package io.realmstream.model.version;

import static io.realmstream.schemas.version.VersionState.ACTIVE;
import static io.realmstream.schemas.version.VersionState.BUILDING;
import static io.realmstream.schemas.version.VersionState.PAUSED;
import static io.realmstream.schemas.version.VersionState.READY;
import static io.realmstream.schemas.version.VersionState.REFUSED;
import static io.realmstream.schemas.version.VersionState.RETIRED;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.schemas.version.RetrieverCheckpoint;
import io.realmstream.schemas.version.StateChange;
import io.realmstream.schemas.version.VersionProposal;
import io.realmstream.schemas.version.VersionState;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the rules say of versions that share an index; the plain life is in VersionTableTest. */
class VersionRulesTest {
  private static final RetrieverCheckpoint CHECKPOINT = Checkpoints.plain();
  private static final VersionEntry ACTIVE_ON_ITS_OWN = entry(1, 1, ACTIVE, true);

  @Test
  void versionBeginsReadyOnACompleteIndexAlone() {
    assertThat(refusal(first(2, 1, READY), ACTIVE_ON_ITS_OWN)).isNull();
    assertThat(refusal(first(2, 1, READY), entry(1, 1, ACTIVE, false)))
        .isEqualTo("a version begins READY only on a complete index");
    assertThat(refusal(first(2, null, READY), ACTIVE_ON_ITS_OWN))
        .isEqualTo("a version begins READY only on a complete index");
  }

  @Test
  void indexIsCompleteWhenAnyWrittenVersionOfItIs() {
    VersionEntry retired = entry(1, 1, RETIRED, true);

    assertThat(refusal(first(3, 1, READY), retired, entry(2, 1, ACTIVE, true))).isNull();
    assertThat(refusal(first(3, 1, READY), retired, entry(2, 1, ACTIVE, false)))
        .isEqualTo("a version begins READY only on a complete index");
  }

  @Test
  void indexMustBeThatOfAVersionThatBuiltItAndWritten() {
    assertThat(refusal(first(3, 2, BUILDING), ACTIVE_ON_ITS_OWN, entry(2, 1, READY, true)))
        .isEqualTo("there is no index 2");
    assertThat(refusal(first(2, 1, REFUSED), entry(1, 1, RETIRED, true)))
        .isEqualTo("there is no index 1");
    assertThat(refusal(first(2, 2, BUILDING), ACTIVE_ON_ITS_OWN)).isEqualTo("there is no index 2");
  }

  @Test
  void indexMustBeOfTheSameDocumentTowerWhateverElseDiffers() {
    RetrieverCheckpoint otherTower = new Checkpoints.Parts('b', null, 'a', 'a').checkpoint(1);
    RetrieverCheckpoint otherRest = new Checkpoints.Parts('a', null, 'b', 'b').checkpoint(2);

    assertThat(refusal(proposal(2, change(null, READY), otherTower, 1), ACTIVE_ON_ITS_OWN))
        .isEqualTo("index 1 is of another document tower");
    assertThat(refusal(proposal(2, change(null, READY), otherRest, 1), ACTIVE_ON_ITS_OWN)).isNull();
  }

  @ParameterizedTest
  @EnumSource(
      value = VersionState.class,
      names = {"ACTIVE", "PAUSED", "RETIRED"})
  void versionBeginsInNoOtherState(VersionState state) {
    assertThat(refusal(first(1, null, state)))
        .isEqualTo("a version begins BUILDING, READY or REFUSED, not " + state);
  }

  @Test
  void refusedVersionMayBeginWhileAnotherIsBuilding() {
    assertThat(refusal(first(2, null, REFUSED), entry(1, 1, BUILDING, false))).isNull();
    assertThat(refusal(first(2, null, BUILDING), entry(1, 1, BUILDING, false)))
        .isEqualTo("version 1 is BUILDING already");
  }

  @Test
  void versionOfTheActiveOnesIndexMayTakeOverWhereAnotherMayNot() {
    VersionProposal resume = later(2, PAUSED, ACTIVE);
    assertThat(refusal(resume, ACTIVE_ON_ITS_OWN, entry(2, 1, PAUSED, false))).isNull();
    assertThat(refusal(resume, ACTIVE_ON_ITS_OWN, entry(2, 2, PAUSED, false)))
        .isEqualTo("version 2 cannot go from PAUSED to ACTIVE");
    assertThat(refusal(resume, entry(1, 1, READY, true), entry(2, 1, PAUSED, false)))
        .isEqualTo("version 2 cannot go from PAUSED to ACTIVE");

    VersionProposal begin = later(2, BUILDING, ACTIVE);
    assertThat(refusal(begin, ACTIVE_ON_ITS_OWN, entry(2, 1, BUILDING, false))).isNull();
    assertThat(refusal(begin, ACTIVE_ON_ITS_OWN, entry(2, 2, BUILDING, false)))
        .isEqualTo("version 1 is ACTIVE already");
    assertThat(refusal(begin, entry(1, 1, READY, true), entry(2, 2, BUILDING, false))).isNull();
  }

  @Test
  void readyVersionReplacesTheActiveOneOfAnotherIndex() {
    assertThat(refusal(later(2, READY, ACTIVE), ACTIVE_ON_ITS_OWN, entry(2, 2, READY, true)))
        .isNull();
  }

  private static @Nullable String refusal(VersionProposal proposal, VersionEntry... versions) {
    return VersionRules.refusal(new VersionTable(List.of(versions), List.of()), proposal);
  }

  private static VersionEntry entry(int version, int index, VersionState state, boolean complete) {
    return new VersionEntry(version, index, state, complete, CHECKPOINT, null, Proposals.AT, null);
  }

  private static VersionProposal first(int version, @Nullable Integer index, VersionState to) {
    return proposal(version, change(null, to), CHECKPOINT, index);
  }

  private static VersionProposal later(int version, VersionState from, VersionState to) {
    return proposal(version, change(from, to), null, null);
  }

  private static StateChange change(@Nullable VersionState from, VersionState to) {
    return new StateChange(from, to);
  }

  private static VersionProposal proposal(
      int version,
      StateChange change,
      @Nullable RetrieverCheckpoint checkpoint,
      @Nullable Integer index) {
    return new VersionProposal("p", version, change, "test", null, checkpoint, index, Proposals.AT);
  }
}
