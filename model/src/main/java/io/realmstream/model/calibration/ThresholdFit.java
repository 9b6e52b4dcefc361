package io.realmstream.model.calibration;

import io.realmstream.model.evaluation.JudgedAnswer;
import io.realmstream.schemas.query.AnswerThresholds;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Fits thresholds that keep a share of the right answers and, within that, withhold as many wrong
 * answers as possible. Thresholds have four decimals, rounded so that more is kept.
 */
final class ThresholdFit {
  private static final int DECIMALS = 4;

  private final List<JudgedAnswer> answers;
  private final int spared;

  /**
   * @param keep share of the right answers that must be kept, 0 to 1
   */
  ThresholdFit(List<JudgedAnswer> answers, double keep) {
    this.answers = List.copyOf(answers);
    long right = answers.stream().filter(JudgedAnswer::right).count();
    spared = (int) (right - (long) Math.ceil(keep * right - 1e-9));
  }

  AnswerThresholds by(ThresholdRule rule) {
    return switch (rule) {
      case NONE -> AnswerThresholds.NONE;
      case MASS -> new AnswerThresholds(mass(spared), null);
      case PROBABILITY -> new AnswerThresholds(null, probability(null, spared));
      case BOTH -> both();
    };
  }

  /** How many of the answers are withheld. */
  static long withheld(List<JudgedAnswer> answers, AnswerThresholds thresholds) {
    return answers.stream()
        .filter(answer -> thresholds.withhold(answer.probability(), answer.noAnswerMass()))
        .count();
  }

  /** Tries each way to divide the right answers that may be lost between the two. */
  private AnswerThresholds both() {
    AnswerThresholds best = AnswerThresholds.NONE;
    long most = -1;
    List<JudgedAnswer> wrong = answers.stream().filter(answer -> !answer.right()).toList();
    for (int byMass = 0; byMass <= spared; byMass++) {
      Double mass = mass(byMass);
      long lost =
          answers.stream().filter(a -> a.right() && isAbove(a.noAnswerMass(), mass)).count();
      AnswerThresholds thresholds =
          new AnswerThresholds(mass, probability(mass, spared - (int) lost));
      long withheld = withheld(wrong, thresholds);
      if (withheld > most) {
        most = withheld;
        best = thresholds;
      }
    }
    return best;
  }

  /** The mass that {@code lost} right answers may exceed; null without right answers. */
  private @Nullable Double mass(int lost) {
    return answers.stream()
        .filter(JudgedAnswer::right)
        .map(JudgedAnswer::noAnswerMass)
        .sorted(Comparator.reverseOrder())
        .skip(lost)
        .findFirst()
        .map(value -> rounded(value, RoundingMode.CEILING))
        .orElse(null);
  }

  /** The probability below which {@code lost} of the right answers that a mass keeps may be. */
  private @Nullable Double probability(@Nullable Double mass, int lost) {
    return answers.stream()
        .filter(answer -> answer.right() && !isAbove(answer.noAnswerMass(), mass))
        .map(JudgedAnswer::probability)
        .sorted()
        .skip(lost)
        .findFirst()
        .map(value -> rounded(value, RoundingMode.FLOOR))
        .orElse(null);
  }

  private static boolean isAbove(double value, @Nullable Double most) {
    return most != null && value > most;
  }

  private static double rounded(double value, RoundingMode mode) {
    return Math.min(1, new BigDecimal(value).setScale(DECIMALS, mode).doubleValue());
  }
}
