package io.realmstream.jobs.learner.learn;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.model.learning.gate.HeldOut;
import io.realmstream.schemas.learning.LearningOutcome;
import io.realmstream.schemas.learning.LearningStatus;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;

/** The learner from feedback to the gate, with a real encoder. */
class FeedbackTest {
  private static final int DOCUMENTS = 320;

  @Test
  void feedbackOnHeldOutDocumentsDecidesAlsoAfterARestore() throws Exception {
    long heldOut = IntStream.range(0, DOCUMENTS).filter(i -> HeldOut.contains("d" + i)).count();
    OperatorSubtaskState state;
    try (LearnHarness learner = told(0)) {
      learner.await(() -> !learner.statuses().isEmpty());
      LearningStatus first = learner.statuses().get(0);
      assertThat(first.outcome()).isEqualTo(LearningOutcome.PASSED);
      assertThat(first.judgement().questions()).isEqualTo(heldOut);
      assertThat(first.judgement().feedback()).isEqualTo(heldOut);
      state = learner.snapshot();
    }
    try (LearnHarness restored = new LearnHarness(10_000, state)) {
      restored.logIsRead();
      restored.await(() -> !restored.statuses().isEmpty());
      assertThat(restored.statuses().get(0).judgement().feedback()).isEqualTo(heldOut);
    }
  }

  /** Every question names another document than the one that it is about. */
  @Test
  void whereAllFeedbackIsWrongNothingIsPublished() throws Exception {
    try (LearnHarness learner = told(7)) {
      learner.await(() -> learner.statuses().size() >= 3);
      var unused = learner.snapshot();
      learner.complete();
      learner.pass(5_000);
      assertThat(learner.published()).isEmpty();
      assertThat(learner.statuses())
          .extracting(LearningStatus::outcome)
          .doesNotContain(LearningOutcome.PASSED);
    }
  }

  @Test
  void feedbackOnDocumentsThatNobodyKnowsLeavesTheSentences() throws Exception {
    try (LearnHarness learner = told(DOCUMENTS)) {
      learner.await(() -> !learner.statuses().isEmpty());
      assertThat(learner.statuses().get(0).judgement().feedback()).isZero();
      assertThat(learner.statuses().get(0).outcome()).isEqualTo(LearningOutcome.PASSED);
    }
  }

  /** Each document, and a question on it that names the one so many numbers further. */
  private static LearnHarness told(int further) throws Exception {
    LearnHarness learner = new LearnHarness(10_000);
    learner.active(1, LearnHarness.COLD);
    learner.logIsRead();
    for (int i = 0; i < DOCUMENTS; i++) {
      int named = further < DOCUMENTS ? (i + further) % DOCUMENTS : i + further;
      learner.feedback("f" + i, Outputs.text(i), List.of("d" + named));
    }
    learner.documents(DOCUMENTS);
    return learner;
  }
}
