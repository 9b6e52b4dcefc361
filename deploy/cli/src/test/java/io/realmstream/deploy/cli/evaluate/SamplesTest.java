package io.realmstream.deploy.cli.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SamplesTest {
  @Test
  void percentileIsTheNearestRank() {
    Samples hundred = new Samples();
    for (int i = 100; i >= 1; i--) {
      hundred.add(i);
    }
    assertThat(hundred.percentile(99)).isEqualTo(99);
    assertThat(hundred.percentile(100)).isEqualTo(100);
    assertThat(hundred.percentile(1)).isEqualTo(1);
    assertThat(hundred.median()).isEqualTo(50);
    assertThat(samples(7).percentile(99)).isEqualTo(7);
    assertThat(samples(3, 1, 2).percentile(34)).isEqualTo(2);
    assertThat(samples(4, 1).median()).isEqualTo(1);
  }

  @Test
  void rankIsExactForEveryPercentThatIsPrinted() {
    Samples samples = new Samples();
    for (int count = 1; count <= 400; count++) {
      samples.add(count);
      for (int percent : new int[] {50, 90, 95, 99}) {
        int rank = (count * percent + 99) / 100;
        assertThat(samples.percentile(percent)).as("%d of %d", percent, count).isEqualTo(rank);
      }
    }
  }

  @Test
  void ratioIsTheMedianOfThePairsRatios() {
    Samples ours = samples(1, 30, 9);
    assertThat(ours.medianRatio(samples(2, 40, 10))).isEqualTo(0.75);
    assertThat(ours.median()).isEqualTo(9);
    assertThat(ours.mean()).isEqualTo(40 / 3.0);
  }

  private static Samples samples(double... values) {
    Samples samples = new Samples();
    for (double value : values) {
      samples.add(value);
    }
    return samples;
  }
}
