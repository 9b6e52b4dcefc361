package io.realmstream.deploy.cli.learn.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.schemas.learning.LearningJudgement;
import io.realmstream.schemas.learning.LearningOutcome;
import io.realmstream.schemas.learning.LearningProgress;
import io.realmstream.schemas.learning.LearningStatus;
import io.realmstream.schemas.learning.RecallChange;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LearnStatusLineTest {
  private static final Instant AT = Instant.parse("2026-03-01T09:30:00.123Z");

  @Test
  void aPassIsALineWithItsFigures() {
    LearningStatus status =
        new LearningStatus(
            "minilm",
            LearningOutcome.HARM,
            new LearningProgress(3, 1_096, 10_300, 33_912, 0.4125),
            new LearningJudgement(
                500,
                312,
                0,
                new RecallChange(0.5, 0.625, 0.1, 0.15),
                new RecallChange(1, 0.9, -0.2, 0)),
            null,
            null,
            AT);
    assertThat(LearnStatusLine.of(status))
        .isEqualTo(
            "2026-03-01T09:30:00Z  pass 3, 1,096 steps, loss 0.413: HARM"
                + "; recall@1 50.0 -> 62.5 (90 %: +10.0 to +15.0)"
                + "; recall@5 100.0 -> 90.0 (90 %: -20.0 to +0.0)"
                + "; 500 sentences of 312 documents");
  }

  @Test
  void aLookBackNamesItsVersion() {
    LearningStatus status =
        new LearningStatus(
            "minilm",
            LearningOutcome.ROLLED_BACK,
            new LearningProgress(3, 384, 10_300, 33_912, 0),
            new LearningJudgement(
                500, 312, 0, new RecallChange(0.5, 0.25, -0.3, -0.2), new RecallChange(1, 1, 0, 0)),
            null,
            7,
            AT);
    assertThat(LearnStatusLine.of(status))
        .isEqualTo(
            "2026-03-01T09:30:00Z  version 7 against the one before: ROLLED_BACK"
                + "; recall@1 50.0 -> 25.0 (90 %: -30.0 to -20.0)"
                + "; recall@5 100.0 -> 100.0 (90 %: +0.0 to +0.0)"
                + "; 500 sentences of 312 documents");
  }

  @Test
  void feedbackIsNamed() {
    LearningStatus status =
        new LearningStatus(
            "minilm",
            LearningOutcome.TOO_FEW,
            new LearningProgress(1, 128, 100, 300, 0.5),
            new LearningJudgement(30, 21, 30, null, null),
            null,
            null,
            AT);
    assertThat(LearnStatusLine.of(status)).endsWith("; 30 questions of feedback of 21 documents");
  }

  @Test
  void withoutAComparisonThereIsNoRecall() {
    LearningStatus status =
        new LearningStatus(
            "minilm",
            LearningOutcome.TOO_FEW,
            new LearningProgress(1, 32, 40, 260, 5),
            new LearningJudgement(3, 2, 0, null, null),
            null,
            null,
            AT);
    assertThat(LearnStatusLine.of(status))
        .isEqualTo(
            "2026-03-01T09:30:00Z  pass 1, 32 steps, loss 5.000: TOO_FEW; 3 sentences of 2 documents");
  }
}
