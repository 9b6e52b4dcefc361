package io.realmstream.model.calibration;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.model.evaluation.JudgedAnswer;
import io.realmstream.schemas.query.AnswerThresholds;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ThresholdFitTest {
  private static final int SIXTEENTHS = 16;

  @ParameterizedTest
  @EnumSource
  void noOtherThresholdsKeepEnoughAndWithholdMore(ThresholdRule rule) {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      List<JudgedAnswer> answers = answers(random, 60);
      double keep = (1 + random.nextInt(10)) / 10.0;
      AnswerThresholds fitted = new ThresholdFit(answers, keep).by(rule);

      assertThat(kept(answers, fitted)).as("seed %d", seed).isGreaterThanOrEqualTo(keep);
      assertThat(wrongWithheld(answers, fitted))
          .as("seed %d, keep %s, %s", seed, keep, fitted)
          .isEqualTo(most(answers, rule, keep));
    }
  }

  @Test
  void thresholdsAreRoundedSoThatMoreIsKept() {
    List<JudgedAnswer> answers =
        List.of(new JudgedAnswer(0.123456, 0.654321, true), new JudgedAnswer(0.05, 0.9, false));

    assertThat(new ThresholdFit(answers, 1).by(ThresholdRule.MASS))
        .isEqualTo(new AnswerThresholds(0.6544, null));
    assertThat(new ThresholdFit(answers, 1).by(ThresholdRule.PROBABILITY))
        .isEqualTo(new AnswerThresholds(null, 0.1234));
  }

  @Test
  void withoutRightAnswersNothingIsFitted() {
    List<JudgedAnswer> wrong = List.of(new JudgedAnswer(0.5, 0.5, false));
    for (ThresholdRule rule : ThresholdRule.values()) {
      assertThat(new ThresholdFit(wrong, 0.9).by(rule)).isEqualTo(AnswerThresholds.NONE);
    }
  }

  /** The most that can be withheld, by trying all pairs of sixteenths and null. */
  private static long most(List<JudgedAnswer> answers, ThresholdRule rule, double keep) {
    long most = 0;
    for (int mass = -1; mass <= SIXTEENTHS; mass++) {
      for (int probability = -1; probability <= SIXTEENTHS; probability++) {
        boolean allowed =
            (mass < 0 || rule == ThresholdRule.MASS || rule == ThresholdRule.BOTH)
                && (probability < 0
                    || rule == ThresholdRule.PROBABILITY
                    || rule == ThresholdRule.BOTH);
        AnswerThresholds thresholds =
            new AnswerThresholds(
                mass < 0 ? null : (double) mass / SIXTEENTHS,
                probability < 0 ? null : (double) probability / SIXTEENTHS);
        if (allowed && kept(answers, thresholds) >= keep) {
          most = Math.max(most, wrongWithheld(answers, thresholds));
        }
      }
    }
    return most;
  }

  private static double kept(List<JudgedAnswer> answers, AnswerThresholds thresholds) {
    long right = answers.stream().filter(JudgedAnswer::right).count();
    long withheld =
        ThresholdFit.withheld(answers.stream().filter(JudgedAnswer::right).toList(), thresholds);
    return right == 0 ? 1 : (double) (right - withheld) / right;
  }

  private static long wrongWithheld(List<JudgedAnswer> answers, AnswerThresholds thresholds) {
    return ThresholdFit.withheld(
        answers.stream().filter(answer -> !answer.right()).toList(), thresholds);
  }

  private static List<JudgedAnswer> answers(Random random, int count) {
    List<JudgedAnswer> answers = new ArrayList<>(List.of(new JudgedAnswer(0.5, 0.5, true)));
    for (int i = 0; i < count; i++) {
      answers.add(
          new JudgedAnswer(
              random.nextInt(SIXTEENTHS + 1) / (double) SIXTEENTHS,
              random.nextInt(SIXTEENTHS + 1) / (double) SIXTEENTHS,
              random.nextBoolean()));
    }
    return answers;
  }
}
