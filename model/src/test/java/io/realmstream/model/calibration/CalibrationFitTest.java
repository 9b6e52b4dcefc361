package io.realmstream.model.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import io.realmstream.model.calibration.CalibrationFit.Result;
import io.realmstream.model.marginal.Scaling;
import io.realmstream.model.marginal.ScoredQuestion;
import io.realmstream.schemas.query.AnswerThresholds;
import java.util.List;
import org.junit.jupiter.api.Test;

class CalibrationFitTest {
  private static final Scaling TRUTH = new Scaling(25, 2.5);
  private static final Scaling START = new Scaling(60, 1);
  private static final List<ScoredQuestion> MANY = new SampledQuestions(3, TRUTH).questions(1_500);

  @Test
  void fitMakesProbabilitiesRightAndOnUnseenQuestionsToo() {
    Result result = fit(MANY, ThresholdRule.BOTH).fit(1);

    assertThat(result.before().calibrationError()).isGreaterThan(0.15);
    assertThat(result.fitted().calibrationError()).isLessThan(0.04);
    assertThat(result.heldOut().calibrationError()).isLessThan(0.05);
    assertThat(result.heldOut().logLoss()).isLessThan(result.before().logLoss() - 0.1);
    List<ScoredQuestion> others = new SampledQuestions(4, TRUTH).questions(1_500);
    assertThat(CalibrationFit.measure(others, result.scaling()).calibrationError())
        .isLessThan(0.05);
  }

  @Test
  void whatThresholdsAreWorthOnUnseenQuestionsIsHeldOut() {
    Result result = fit(MANY, ThresholdRule.PROBABILITY).fit(1);

    assertThat(result.thresholds().noAnswerMassMax()).isNull();
    assertThat(result.withheld().rightKept()).isCloseTo(0.9, within(0.04));
    Withheld unseen =
        CalibrationFit.withheld(
            new SampledQuestions(4, TRUTH).questions(1_500), result.scaling(), result.thresholds());
    assertThat(result.withheld().wrongWithheld()).isCloseTo(unseen.wrongWithheld(), within(0.06));
  }

  @Test
  void everyQuestionIsHeldOutOnce() {
    Result result = fit(MANY.subList(0, 103), ThresholdRule.NONE).fit(1);

    assertThat(result.heldOut().answers()).isEqualTo(103);
    assertThat(result.thresholds()).isEqualTo(AnswerThresholds.NONE);
    assertThat(result.withheld()).isEqualTo(new Withheld(1, 0));
  }

  @Test
  void sameSeedGivesTheSameFit() {
    CalibrationFit fit = fit(MANY.subList(0, 200), ThresholdRule.BOTH);
    assertThat(fit.fit(5)).isEqualTo(fit.fit(5));
  }

  @Test
  void tooFewQuestionsAreRefused() {
    CalibrationFit fit = fit(MANY.subList(0, 99), ThresholdRule.BOTH);
    assertThat(fit.refusal())
        .isEqualTo("99 questions that got an answer are too few: at least 100 are needed");
    assertThatIllegalStateException().isThrownBy(() -> fit.fit(1));
  }

  @Test
  void questionsThatAreAllWrongOrAllRightAreRefused() {
    assertThat(fit(all(false), ThresholdRule.BOTH).refusal())
        .startsWith("0 of 300 answers are right, and at least 10 must be");
    assertThat(fit(all(true), ThresholdRule.BOTH).refusal())
        .startsWith("0 of 300 answers are wrong, and at least 10 must be");
    assertThat(fit(MANY, ThresholdRule.BOTH).refusal()).isNull();
  }

  private static List<ScoredQuestion> all(boolean right) {
    return MANY.stream().filter(q -> q.isRight(q.answer(START)) == right).limit(300).toList();
  }

  private static CalibrationFit fit(List<ScoredQuestion> questions, ThresholdRule rule) {
    return new CalibrationFit(questions, START, rule, 0.9);
  }
}
