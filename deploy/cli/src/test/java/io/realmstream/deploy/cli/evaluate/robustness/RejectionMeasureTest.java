package io.realmstream.deploy.cli.evaluate.robustness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.realmstream.deploy.cli.evaluate.report.RobustnessReport.Rejection;
import io.realmstream.schemas.answer.AnswerResult;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class RejectionMeasureTest {

  /**
   * 20 right answers of masses .01, .02 ... .20: one may be lost, so the threshold is .19. Of the
   * unanswerable ones 15 have a mass of .5, and 5 of .1.
   */
  @Test
  void thresholdKeepsNineteenOfTwentyRightAnswers() {
    List<AnswerResult> answerable = new ArrayList<>();
    List<AnswerResult> unanswerable = new ArrayList<>();
    for (int i = 1; i <= 20; i++) {
      answerable.add(Trials.result("1871", 1 - i / 100.0, i / 100.0));
      unanswerable.add(Trials.result("1924", 0.25, i <= 15 ? 0.5 : 0.1));
    }
    Rejection rejection =
        RejectionMeasure.of(
            Collections.nCopies(20, Trials.trial("It was lit in 1871.")),
            answerable,
            unanswerable,
            3);

    assertThat(rejection.questions()).isEqualTo(20);
    assertThat(rejection.massAnswerable()).isCloseTo(0.105, within(1e-12));
    assertThat(rejection.massUnanswerable()).isCloseTo(0.4, within(1e-12));
    assertThat(rejection.byMass().threshold()).isCloseTo(0.19, within(1e-12));
    assertThat(rejection.byMass().rejected()).isEqualTo(0.75);
    assertThat(rejection.byProbability().threshold()).isCloseTo(0.81, within(1e-12));
    assertThat(rejection.byProbability().rejected()).isEqualTo(1);
    assertThat(rejection.byProbability().rocArea()).isEqualTo(1.0);
    assertThat(rejection.quotedDeleted()).isEqualTo(3);
  }

  @Test
  void resultWithoutPassagesIsNoAnswerForCertain() {
    AnswerResult none =
        AnswerResult.without(io.realmstream.schemas.answer.AnswerStatus.NO_CANDIDATES, null, null);
    Rejection rejection =
        RejectionMeasure.of(
            List.of(Trials.trial("It was lit in 1871.")),
            List.of(Trials.result("1871", 0.9, 0.05)),
            List.of(none),
            0);

    assertThat(rejection.massUnanswerable()).isEqualTo(1);
    assertThat(rejection.byMass().rejected()).isEqualTo(1);
    assertThat(rejection.byMass().rocArea()).isEqualTo(1.0);
  }
}
