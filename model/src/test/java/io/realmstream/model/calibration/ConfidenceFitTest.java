package io.realmstream.model.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.realmstream.model.evaluation.JudgedAnswer;
import io.realmstream.model.evaluation.LogLoss;
import io.realmstream.model.evaluation.Reliability;
import io.realmstream.schemas.version.ConfidenceCurve;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ConfidenceFitTest {
  private static final long SEED = 31;

  @Test
  void curveThatTheAnswersWereDrawnFromIsFound() {
    ConfidenceCurve truth = new ConfidenceCurve(0.5, 1.5);
    ConfidenceCurve fitted = ConfidenceFit.of(answers(truth, 20_000));

    for (double p = 0.05; p < 1; p += 0.05) {
      assertThat(fitted.at(p, 0)).as("at %.2f", p).isCloseTo(truth.at(p, 0), within(0.02));
    }
  }

  /** p = 0.25 is right in 3 of 4 cases, p = 0.5 in 9 of 10: both points lie on a curve. */
  @Test
  void answersThatAreTooModestBecomeAsSureAsTheyAreRight() {
    List<JudgedAnswer> answers = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      answers.add(new JudgedAnswer(0.25, 0, i % 4 > 0));
      answers.add(new JudgedAnswer(0.5, 0, i % 10 > 0));
    }
    ConfidenceCurve curve = ConfidenceFit.of(answers);

    assertThat(curve.at(0.25, 0)).isCloseTo(0.75, within(0.002));
    assertThat(curve.at(0.5, 0)).isCloseTo(0.9, within(0.002));
    assertThat(Reliability.of(answers).calibrationError()).isCloseTo(0.45, within(1e-9));
    assertThat(Reliability.of(ConfidenceFit.at(answers, curve)).calibrationError())
        .isLessThan(0.002);
  }

  @Test
  void noOtherCurveNearbyIsMoreLikely() {
    List<JudgedAnswer> answers = answers(new ConfidenceCurve(0.8, 0.5), 500);
    ConfidenceCurve fitted = ConfidenceFit.of(answers);
    double loss = LogLoss.of(ConfidenceFit.at(answers, fitted));
    for (double[] step : new double[][] {{.05, 0}, {0, .05}}) {
      for (int sign = -1; sign <= 1; sign += 2) {
        ConfidenceCurve other =
            new ConfidenceCurve(
                Math.abs(fitted.slope() + sign * step[0]), fitted.offset() + sign * step[1]);
        assertThat(LogLoss.of(ConfidenceFit.at(answers, other))).isGreaterThan(loss - 1e-7);
      }
    }
  }

  /** Half of the mass is "no answer" everywhere: p = 0.25 is half of all answers. */
  @Test
  void noAnswerMassIsNoneOfAnAnswersRivals() {
    List<JudgedAnswer> answers = new ArrayList<>();
    for (JudgedAnswer each : answers(new ConfidenceCurve(1, 1), 20_000)) {
      answers.add(new JudgedAnswer(each.probability() / 2, 0.5, each.right()));
    }
    ConfidenceCurve curve = ConfidenceFit.of(answers);

    assertThat(curve.at(0.25, 0.5)).isCloseTo(Math.E / (1 + Math.E), within(0.02));
  }

  /** Where the sure ones are wrong, a rising curve can only be flat: at the share of right ones. */
  @Test
  void curveNeverFalls() {
    List<JudgedAnswer> answers = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      answers.add(new JudgedAnswer(0.1, 0, true));
      answers.add(new JudgedAnswer(0.9, 0, false));
    }
    ConfidenceCurve curve = ConfidenceFit.of(answers);

    assertThat(curve.at(0.1, 0)).isCloseTo(0.5, within(0.02));
    assertThat(curve.at(0.9, 0)).isCloseTo(0.5, within(0.02));
    assertThat(curve.at(0.9, 0)).isGreaterThanOrEqualTo(curve.at(0.1, 0));
  }

  private static List<JudgedAnswer> answers(ConfidenceCurve truth, int count) {
    Random random = new Random(SEED);
    List<JudgedAnswer> answers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double p = random.nextDouble();
      answers.add(new JudgedAnswer(p, 0, random.nextDouble() < truth.at(p, 0)));
    }
    return answers;
  }
}
