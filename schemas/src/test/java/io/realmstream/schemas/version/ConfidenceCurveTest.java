package io.realmstream.schemas.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ConfidenceCurveTest {
  @Test
  void slopeOfOneAndNoOffsetLeaveProbabilitiesAsTheyAre() {
    ConfidenceCurve same = new ConfidenceCurve(1, 0);
    for (double p : new double[] {0.001, 0.25, 0.5, 0.9, 0.999}) {
      assertThat(same.at(p, 0)).isCloseTo(p, within(1e-12));
    }
  }

  /** Odds of (0.75 / 0.25)^2 / 6 = 9 / 6. */
  @Test
  void confidenceIsThatOfTheFormula() {
    ConfidenceCurve curve = new ConfidenceCurve(2, -Math.log(6));
    assertThat(curve.at(0.75, 0)).isCloseTo(0.6, within(1e-12));
  }

  @Test
  void confidenceNeverFallsAndStaysBetweenZeroAndOne() {
    Random random = new Random(7);
    for (int trial = 0; trial < 1_000; trial++) {
      ConfidenceCurve curve = new ConfidenceCurve(slope(random), 20 * random.nextGaussian());
      double before = 0;
      for (double p : new double[] {0, 1e-300, 1e-12, 1e-6, 0.1, 0.5, 0.9, 1 - 1e-12, 1}) {
        assertThat(curve.at(p, 0)).as("%s at %s", curve, p).isBetween(before, 1.0);
        before = curve.at(p, 0);
      }
    }
  }

  @Test
  void whatCountsIsTheShareOfTheAnswerAmongAllAnswers() {
    ConfidenceCurve curve = new ConfidenceCurve(0.5, 0.25);
    assertThat(curve.at(0.1, 0.8)).isCloseTo(curve.at(0.5, 0), within(1e-12));
    assertThat(curve.at(0, 1)).isBetween(0.0, curve.at(0.1, 0.8));
    assertThat(curve.at(1e-12, 1)).isBetween(0.0, 1.0);
  }

  /**
   * Reading on adds to p and to the no-answer mass, U in all: r only grows, at most to (p + U) / (1
   * - m).
   */
  @Test
  void readingOnNeverLowersTheConfidence() {
    ConfidenceCurve curve = new ConfidenceCurve(0.5, 0.25);
    Random random = new Random(9);
    for (int trial = 0; trial < 1_000; trial++) {
      double p = random.nextDouble();
      double mass = (1 - p) * random.nextDouble();
      double unread = (1 - p - mass) * random.nextDouble();
      double part = unread * random.nextDouble();
      assertThat(curve.at(p + part, mass + (unread - part)))
          .isBetween(curve.at(p, mass) - 1e-12, curve.at(p + unread, mass) + 1e-12);
    }
  }

  @Test
  void slopeBelowZeroAndNoNumberAreRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new ConfidenceCurve(-0.1, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new ConfidenceCurve(1, Double.NaN));
  }

  private static double slope(Random random) {
    return random.nextInt(4) == 0 ? 0 : 1_000 * Math.pow(random.nextDouble(), 8);
  }
}
