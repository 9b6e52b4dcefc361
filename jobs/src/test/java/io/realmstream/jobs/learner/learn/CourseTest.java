package io.realmstream.jobs.learner.learn;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.model.encoder.Encoder;
import io.realmstream.model.version.RefreshPlan;
import io.realmstream.schemas.learning.LearningOutcome;
import io.realmstream.schemas.learning.LearningStatus;
import io.realmstream.schemas.learning.RecallChange;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import java.util.List;
import java.util.Objects;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;

/** The operator from documents to a published checkpoint, with a real encoder. */
class CourseTest {
  private static final int DOCUMENTS = 320;

  @Test
  void whatIsLearnedIsPublishedOnceACompletedCheckpointHoldsIt() throws Exception {
    try (LearnHarness learner = learned(DOCUMENTS)) {
      LearningStatus first = learner.statuses().get(0);
      assertThat(first.outcome()).isEqualTo(LearningOutcome.PASSED);
      assertThat(first.progress().passages()).isEqualTo(DOCUMENTS);
      RecallChange recall = Objects.requireNonNull(first.judgement().first());
      assertThat(recall.before()).isLessThan(0.1);
      assertThat(recall.lower()).isPositive();
      learner.pass(5_000);
      assertThat(learner.published()).isEmpty();

      var unused = learner.snapshot();
      assertThat(learner.published()).isEmpty();
      learner.complete();
      RetrieverCheckpoint published = learner.published().get(0);
      assertThat(RefreshPlan.between(LearnHarness.COLD, published))
          .isEqualTo(RefreshPlan.PROJECTION_ONLY);
      try (Encoder encoder =
          Encoder.open(published.documentTower(), LearnHarness.models().parts())) {
        assertThat(encoder.dimension()).isEqualTo(64);
      }
      assertThat(learner.statuses())
          .filteredOn(status -> status.outcome() == LearningOutcome.PUBLISHED)
          .singleElement()
          .satisfies(status -> assertThat(status.checkpoint()).startsWith("all-minilm-l6-v2 "));
    }
  }

  @Test
  void nothingElseIsPublishedBeforeTheLogShowsIt() throws Exception {
    try (LearnHarness learner = learned(DOCUMENTS)) {
      publish(learner);
      learner.await(() -> passes(learner) >= 3);
      publish(learner);
      assertThat(learner.published()).hasSize(1);
    }
  }

  @Test
  void aRestoredLearnerGoesOnBitForBit() throws Exception {
    List<LearningStatus> straight;
    OperatorSubtaskState state;
    try (LearnHarness learner = learned(DOCUMENTS)) {
      state = learner.snapshot();
      learner.await(() -> passes(learner) >= 3);
      straight = passed(learner);
    }
    try (LearnHarness restored = new LearnHarness(10_000, state)) {
      restored.logIsRead();
      restored.await(() -> passes(restored) >= 2);
      assertThat(passed(restored).get(0).progress()).isEqualTo(straight.get(1).progress());
      assertThat(passed(restored).get(1).progress()).isEqualTo(straight.get(2).progress());
      assertThat(passed(restored).get(1).judgement()).isEqualTo(straight.get(2).judgement());
    }
  }

  /** The candidate was in the checkpoint that is restored, and nobody has seen it yet. */
  @Test
  void aCandidateIsPublishedAfterARestore() throws Exception {
    OperatorSubtaskState state;
    try (LearnHarness learner = learned(DOCUMENTS)) {
      state = learner.snapshot();
    }
    try (LearnHarness restored = new LearnHarness(10_000, state)) {
      restored.pass(3_000);
      assertThat(restored.published()).isEmpty();
      restored.logIsRead();
      assertThat(restored.published()).hasSize(1);
    }
  }

  @Test
  void aCandidateForAnotherVersionIsDropped() throws Exception {
    try (LearnHarness learner = learned(DOCUMENTS)) {
      RetrieverCheckpoint cold = LearnHarness.COLD;
      learner.active(2, cold.with(cold.documentTower(), cold.queryTower(), 30));
      var unused = learner.snapshot();
      learner.complete();
      assertThat(learner.published()).isEmpty();
    }
  }

  @Test
  void eightPassesAreEnoughUntilDocumentsCome() throws Exception {
    try (LearnHarness learner = learned(DOCUMENTS)) {
      learner.await(() -> passes(learner) == 8);
      learner.pass(120_000);
      learner.pass(120_000);
      assertThat(passes(learner)).isEqualTo(8);
      for (int i = DOCUMENTS; i < DOCUMENTS + 60; i++) {
        learner.document("d" + i, Outputs.text(i), true);
      }
      learner.await(() -> passes(learner) == 9);
      assertThat(learner.statuses().get(8).progress().passages()).isEqualTo(DOCUMENTS + 60);
    }
  }

  @Test
  void anEmptyIndexTeachesNothing() throws Exception {
    try (LearnHarness learner = new LearnHarness(10_000)) {
      learner.active(1, LearnHarness.COLD);
      learner.logIsRead();
      learner.documents(20);
      learner.pass(5_000);
      learner.pass(120_000);
      assertThat(learner.statuses()).isEmpty();
    }
  }

  /** With one pass behind it. */
  private static LearnHarness learned(int documents) throws Exception {
    LearnHarness learner = new LearnHarness(10_000);
    learner.active(1, LearnHarness.COLD);
    learner.logIsRead();
    learner.documents(documents);
    learner.await(() -> passes(learner) == 1);
    return learner;
  }

  private static void publish(LearnHarness learner) throws Exception {
    var unused = learner.snapshot();
    learner.complete();
    learner.pass(1_000);
  }

  private static long passes(LearnHarness learner) {
    return passed(learner).size();
  }

  private static List<LearningStatus> passed(LearnHarness learner) {
    return learner.statuses().stream()
        .filter(status -> status.outcome() != LearningOutcome.PUBLISHED)
        .toList();
  }
}
