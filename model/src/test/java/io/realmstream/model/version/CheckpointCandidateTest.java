package io.realmstream.model.version;

import static io.realmstream.model.version.Proposals.propose;
import static io.realmstream.schemas.version.VersionState.BUILDING;
import static io.realmstream.schemas.version.VersionState.REFUSED;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.schemas.query.AnswerThresholds;
import io.realmstream.schemas.version.Calibration;
import io.realmstream.schemas.version.ConfidenceCurve;
import io.realmstream.schemas.version.MaskedReaderPart;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import io.realmstream.schemas.version.TitleForm;
import io.realmstream.schemas.version.VersionProposal;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class CheckpointCandidateTest {
  private static final VersionTable ONE = table(propose(1, null, BUILDING));
  private static final VersionTable REFUSED_ONE = table(propose(1, null, REFUSED));
  private static final RetrieverCheckpoint SAME = Objects.requireNonNull(ONE.newest()).checkpoint();
  private static final RetrieverCheckpoint OTHER =
      new RetrieverCheckpoint(
          SAME.retriever(),
          SAME.documentTower(),
          SAME.queryTower(),
          SAME.reader(),
          2,
          null,
          null,
          null);

  @Test
  void firstCheckpointIsACandidate() {
    assertThat(CheckpointCandidate.of(VersionTable.EMPTY, SAME))
        .isEqualTo(new CheckpointCandidate(SAME, 0, Long.MIN_VALUE));
  }

  @Test
  void checkpointOfTheNewestVersionNeedsNothing() {
    assertThat(CheckpointCandidate.of(ONE, SAME).isFulfilled(ONE)).isTrue();
    assertThat(CheckpointCandidate.of(ONE, OTHER).isFulfilled(ONE)).isFalse();
  }

  @Test
  void anotherScaleAloneIsAnotherVersion() {
    assertThat(CheckpointCandidate.of(ONE, OTHER))
        .isEqualTo(new CheckpointCandidate(OTHER, 1, Long.MIN_VALUE));
  }

  @Test
  void readerOfMasksAloneMakesAnotherVersion() {
    MaskedReaderPart masked =
        new MaskedReaderPart(
            SAME.reader().model(), SAME.reader().tokenizer(), TitleForm.NONE, 64, 24, 320);

    assertThat(CheckpointCandidate.of(ONE, SAME.with(masked)).isFulfilled(ONE)).isFalse();
  }

  @Test
  void calibrationAloneMakesAnotherVersion() {
    for (Calibration calibration :
        List.of(
            new Calibration(2, AnswerThresholds.NONE, null),
            new Calibration(1, AnswerThresholds.NONE, new ConfidenceCurve(1, 0)),
            new Calibration(1, new AnswerThresholds(0.5, null), null),
            new Calibration(1, new AnswerThresholds(null, 0.5), null))) {
      RetrieverCheckpoint calibrated = SAME.with(SAME.scoreScale(), calibration);
      assertThat(CheckpointCandidate.of(ONE, calibrated).isFulfilled(ONE)).isFalse();
      assertThat(RefreshPlan.between(SAME, calibrated)).isEqualTo(RefreshPlan.QUERY_SIDE_ONLY);
    }
  }

  @Test
  void calibrationThatChangesNothingIsNoOtherVersion() {
    RetrieverCheckpoint calibrated = SAME.with(SAME.scoreScale(), Calibration.NONE);
    assertThat(CheckpointCandidate.of(ONE, calibrated).isFulfilled(ONE)).isTrue();
  }

  @Test
  void aReleaseOfWhatATrialHasFoundIsAnotherVersionOfTheSameIndex() {
    assertThat(CheckpointCandidate.of(ONE, SAME.asTrial()).isFulfilled(ONE)).isFalse();
    assertThat(RefreshPlan.between(SAME.asTrial(), SAME)).isEqualTo(RefreshPlan.QUERY_SIDE_ONLY);
  }

  @Test
  void theNewestWaitsButATrialDisplacesNoRelease() {
    CheckpointCandidate release = CheckpointCandidate.of(ONE, SAME);
    CheckpointCandidate trial = CheckpointCandidate.of(ONE, SAME.asTrial());
    assertThat(release.yieldsTo(OTHER)).isTrue();
    assertThat(release.yieldsTo(OTHER.asTrial())).isFalse();
    assertThat(trial.yieldsTo(OTHER)).isTrue();
    assertThat(trial.yieldsTo(OTHER.asTrial())).isTrue();
  }

  @Test
  void refusedCheckpointMayBeTriedAgain() {
    CheckpointCandidate again = CheckpointCandidate.of(REFUSED_ONE, SAME);

    assertThat(again).isEqualTo(new CheckpointCandidate(SAME, 1, Long.MIN_VALUE));
    assertThat(again.isFulfilled(REFUSED_ONE)).isFalse();
  }

  @Test
  void versionNewerThanTheCandidateFulfilsIt() {
    assertThat(new CheckpointCandidate(SAME, 0, Long.MIN_VALUE).isFulfilled(ONE)).isTrue();
    assertThat(new CheckpointCandidate(SAME, 0, Long.MIN_VALUE).isFulfilled(REFUSED_ONE)).isTrue();
    assertThat(new CheckpointCandidate(OTHER, 0, Long.MIN_VALUE).isFulfilled(ONE)).isFalse();
    assertThat(new CheckpointCandidate(SAME, 0, Long.MIN_VALUE).isFulfilled(VersionTable.EMPTY))
        .isFalse();
  }

  private static VersionTable table(VersionProposal proposal) {
    return VersionTable.EMPTY.apply(proposal).table();
  }
}
