package io.realmstream.jobs.learner.learn;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.model.checkpoint.DefaultCheckpoints;
import io.realmstream.model.learning.gate.HeldOut;
import io.realmstream.model.learning.live.SampledSentences;
import io.realmstream.schemas.learning.LearningOutcome;
import io.realmstream.schemas.learning.LearningStatus;
import io.realmstream.schemas.learning.RecallChange;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import io.realmstream.schemas.version.StateChange;
import io.realmstream.schemas.version.VersionProposal;
import io.realmstream.schemas.version.VersionState;
import java.util.List;
import java.util.Objects;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;

/** Versions that come into force past the gate: a good encoder, and random heads behind it. */
class GuardTest {
  private static final int DOCUMENTS = 320;
  private static final RetrieverCheckpoint GOOD = DefaultCheckpoints.minilm();
  private static final RetrieverCheckpoint HARMFUL = LearnHarness.COLD;
  private static final StateChange ACTIVATED =
      new StateChange(VersionState.READY, VersionState.ACTIVE);

  @Test
  void aVersionThatFindsLessIsLeftOnceWithItsFigures() throws Exception {
    try (LearnHarness learner = forced(DOCUMENTS, settings(true))) {
      learner.await(() -> !looks(learner).isEmpty());
      LearningStatus look = looks(learner).get(0);
      assertThat(look.outcome()).isEqualTo(LearningOutcome.ROLLED_BACK);
      assertThat(look.version()).isEqualTo(3);
      RecallChange first = Objects.requireNonNull(look.judgement().first());
      assertThat(first.before()).isGreaterThan(0.9);
      assertThat(first.after()).isLessThan(0.1);
      assertThat(first.upper()).isNegative();

      VersionProposal proposal = learner.proposals().get(0);
      assertThat(proposal.version()).isEqualTo(2);
      assertThat(proposal.change()).isEqualTo(ACTIVATED);
      assertThat(proposal.proposalId()).isEqualTo("learn: version 3 back to 2");
      assertThat(proposal.reason())
          .startsWith("version 3 finds held-out documents worse: recall@1 ");

      learner.step(2, ACTIVATED, null);
      learner.pass(5_000);
      learner.step(3, ACTIVATED, null); // people insist
      OperatorSubtaskState state = learner.snapshot();
      learner.pass(5_000);
      assertThat(learner.proposals()).hasSize(1);
      restoredLooksNoMore(state);
    }
  }

  private static void restoredLooksNoMore(OperatorSubtaskState state) throws Exception {
    try (LearnHarness restored = new LearnHarness(settings(true), state)) {
      restored.logIsRead();
      restored.await(() -> !restored.statuses().isEmpty());
      assertThat(looks(restored)).isEmpty();
    }
  }

  @Test
  void aVersionThatFindsMoreIsKept() throws Exception {
    try (LearnHarness learner = begun(settings(true))) {
      learner.step(1, new StateChange(VersionState.ACTIVE, VersionState.READY), null);
      learner.documents(DOCUMENTS);
      learner.active(2, GOOD);
      learner.await(() -> !looks(learner).isEmpty());
      assertThat(looks(learner).get(0).outcome()).isEqualTo(LearningOutcome.KEPT);
      assertThat(Objects.requireNonNull(looks(learner).get(0).judgement().first()).lower())
          .isPositive();
      assertThat(learner.proposals()).isEmpty();
    }
  }

  /** It is judged when there are enough documents, so being early decides nothing. */
  @Test
  void aVersionIsJudgedOnceThereAreEnoughDocuments() throws Exception {
    try (LearnHarness learner = forced(40, settings(true))) {
      learner.await(learner::isEmbedded);
      learner.pass(120_000);
      assertThat(looks(learner)).isEmpty();
      for (int i = 40; i < DOCUMENTS; i++) {
        learner.document("d" + i, Outputs.text(i), true);
      }
      learner.await(() -> !looks(learner).isEmpty());
      assertThat(looks(learner).get(0).outcome()).isEqualTo(LearningOutcome.ROLLED_BACK);
    }
  }

  /** However long embedding takes. */
  @Test
  void allSentencesAreEmbeddedBeforeAVersionIsJudged() throws Exception {
    try (LearnHarness learner = forced(DOCUMENTS, settings(true))) {
      learner.pass(120_000);
      learner.await(() -> !looks(learner).isEmpty());
      int sentences = 0;
      for (int i = 0; i < DOCUMENTS; i++) {
        boolean isHeldOut = HeldOut.contains("d" + i);
        sentences += isHeldOut ? SampledSentences.of(Outputs.text(i)).size() : 0;
      }
      assertThat(looks(learner).get(0).judgement().questions())
          .isBetween(sentences * 9L / 10, (long) sentences);
    }
  }

  @Test
  void towersAreClosedWhenPeopleGoBackFirst() throws Exception {
    try (LearnHarness learner = begun(settings(true))) {
      learner.active(2, GOOD);
      learner.step(2, new StateChange(VersionState.ACTIVE, VersionState.READY), null);
      learner.active(3, HARMFUL);
      learner.documents(1);
      learner.await(learner::holdsTowersBefore);
      learner.step(2, ACTIVATED, null);
      assertThat(learner.holdsTowersBefore()).isFalse();
    }
  }

  @Test
  void aVersionThatPeopleLeftMeanwhileIsNotJudged() throws Exception {
    try (LearnHarness learner = forced(DOCUMENTS, settings(true))) {
      learner.await(learner::looksBack);
      learner.step(2, ACTIVATED, null);
      learner.await(() -> !learner.statuses().isEmpty());
      assertThat(looks(learner)).isEmpty();
      assertThat(learner.proposals()).isEmpty();
    }
  }

  @Test
  void nothingIsLeftWhereTheSettingIsOff() throws Exception {
    try (LearnHarness learner = forced(DOCUMENTS, settings(false))) {
      learner.await(() -> !learner.statuses().isEmpty());
      assertThat(looks(learner)).isEmpty();
      assertThat(learner.proposals()).isEmpty();
    }
  }

  /** Version 2 is good, and complete. Then somebody publishes the harmful one. */
  private static LearnHarness forced(int documents, LearnSettings settings) throws Exception {
    LearnHarness learner = begun(settings);
    learner.active(2, GOOD);
    learner.active(3, HARMFUL);
    learner.documents(documents);
    return learner;
  }

  private static LearnHarness begun(LearnSettings settings) throws Exception {
    LearnHarness learner = new LearnHarness(settings);
    learner.active(1, HARMFUL);
    learner.logIsRead();
    return learner;
  }

  private static List<LearningStatus> looks(LearnHarness learner) {
    return learner.statuses().stream().filter(status -> status.version() != null).toList();
  }

  private static LearnSettings settings(boolean rollsBack) {
    return new LearnSettings(
        LearnHarness.SHARDS, LearnHarness.FOLDER.toString(), 8, 2, 10_000, 100, 0, rollsBack);
  }
}
