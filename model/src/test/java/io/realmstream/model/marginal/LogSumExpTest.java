package io.realmstream.model.marginal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LogSumExpTest {
  private static final double NONE = Double.NEGATIVE_INFINITY;

  @Test
  void sumsProbabilities() {
    // 1/2 + 1/3 = 5/6
    assertThat(LogSumExp.of(new double[] {Math.log(1 / 2.0), Math.log(1 / 3.0)}))
        .isCloseTo(Math.log(5 / 6.0), within(1e-15));
  }

  @Test
  void nothingIsMinusInfinity() {
    assertThat(LogSumExp.of(new double[0])).isEqualTo(NONE);
    assertThat(LogSumExp.of(new double[] {NONE, NONE})).isEqualTo(NONE);
    assertThat(LogSumExp.of(new double[] {NONE, 2})).isEqualTo(2);
  }

  @Test
  void farFromZeroItNeitherOverflowsNorUnderflows() {
    assertThat(LogSumExp.of(new double[] {1e4, 1e4})).isEqualTo(1e4 + Math.log(2));
    assertThat(LogSumExp.of(new double[] {-1e4, -1e4})).isEqualTo(-1e4 + Math.log(2));
  }

  @Test
  void normalizedLogsAreNeverAboveZeroAndTheirExponentialsSumToOneHoweverLargeTheyAre() {
    for (double scale : new double[] {1, 1e4, 1e38}) {
      double[] logs = LogSumExp.normalized(new double[] {scale, NONE, scale, scale});
      assertThat(logs[0]).isCloseTo(Math.log(1 / 3.0), within(1e-15));
      assertThat(logs[1]).isEqualTo(NONE);
      double sum = Math.exp(logs[0]) + Math.exp(logs[2]) + Math.exp(logs[3]);
      assertThat(sum).isCloseTo(1, within(1e-15));
    }
    assertThat(LogSumExp.normalized(new double[] {-3})).containsExactly(0);
  }
}
