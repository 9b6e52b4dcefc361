package io.realmstream.model.learning.spectral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TrunkStatisticsTest {
  private final Random random = new Random(11);

  @Test
  void meanAndCovarianceOfTwoPassagesByHand() {
    TrunkStatistics statistics = new TrunkStatistics(2);
    statistics.add(new float[] {3, 4});
    statistics.add(new float[] {2, 0});
    assertThat(statistics.mean()).containsExactly(new double[] {0.8, 0.4}, within(1e-5));
    assertThat(statistics.covariance()[0])
        .containsExactly(new double[] {0.04, -0.08}, within(1e-5));
    assertThat(statistics.covariance()[1])
        .containsExactly(new double[] {-0.08, 0.16}, within(1e-5));
  }

  @Test
  void covarianceIsThatOfAPlainLoop() {
    List<float[]> passages = passages(300, 7);
    double[][] covariance = of(passages).covariance();
    double[] mean = new double[7];
    List<double[]> unit = new ArrayList<>();
    for (float[] passage : passages) {
      double squares = 0;
      for (float element : passage) {
        squares += element * (double) element;
      }
      double[] each = new double[7];
      for (int i = 0; i < 7; i++) {
        each[i] = passage[i] / Math.sqrt(squares);
        mean[i] += each[i] / passages.size();
      }
      unit.add(each);
    }
    for (int i = 0; i < 7; i++) {
      for (int j = 0; j < 7; j++) {
        double sum = 0;
        for (double[] each : unit) {
          sum += (each[i] - mean[i]) * (each[j] - mean[j]);
        }
        assertThat(covariance[i][j]).isCloseTo(sum / passages.size(), within(2e-6));
      }
    }
  }

  @Test
  void orderOfEditsDoesNotMatter() {
    List<float[]> stay = passages(50, 5);
    List<float[]> go = passages(30, 5);
    TrunkStatistics edited = of(go);
    List<float[]> shuffled = new ArrayList<>(stay);
    Collections.shuffle(shuffled, random);
    shuffled.forEach(edited::add);
    Collections.shuffle(go, random);
    go.forEach(edited::remove);
    assertThat(edited.covariance()).isDeepEqualTo(of(stay).covariance());
    assertThat(edited.mean()).isEqualTo(of(stay).mean());
    assertThat(edited.count()).isEqualTo(50);
    assertThat(edited.driftFrom(of(stay))).isZero();
  }

  @Test
  void shardsAddUpToTheWhole() {
    List<float[]> passages = passages(40, 3);
    TrunkStatistics sum = of(passages.subList(0, 15));
    sum.addAll(of(passages.subList(15, 40)));
    assertThat(sum.covariance()).isDeepEqualTo(of(passages).covariance());
  }

  @Test
  void sumsStayWithinALongUpToTheLimit() {
    TrunkStatistics statistics = new TrunkStatistics(1);
    statistics.add(new float[] {-1});
    for (int doubling = 0; doubling < 26; doubling++) {
      statistics.addAll(statistics.copy());
    }
    TrunkStatistics rest = statistics.copy();
    rest.remove(new float[] {-1});
    statistics.addAll(rest); // 2^26 + 2^26 - 1
    assertThat(statistics.count()).isEqualTo(TrunkStatistics.COUNT_MAX);
    assertThat(statistics.mean()).containsExactly(-1);
    assertThat(statistics.covariance()[0]).containsExactly(0);
    assertThatThrownBy(() -> statistics.add(new float[] {1}))
        .isInstanceOf(ArithmeticException.class)
        .hasMessage("statistics of 134217728 passages; possible are 0 to 134217727");
  }

  @Test
  void whatWasNotAddedCannotBeRemoved() {
    TrunkStatistics statistics = new TrunkStatistics(2);
    assertThatThrownBy(() -> statistics.remove(new float[] {1, 1}))
        .isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> statistics.add(new float[] {1}))
        .hasMessage("a trunk output of 1 elements, not 2");
    assertThatThrownBy(() -> statistics.add(new float[2]))
        .hasMessage("a trunk output of length 0.0");
    assertThat(statistics.count()).isZero();
  }

  @Test
  void driftGrowsWithWhatWasAdded() {
    TrunkStatistics before = of(passages(200, 4));
    TrunkStatistics little = before.copy();
    little.add(new float[] {1, 0, 0, 0});
    TrunkStatistics much = before.copy();
    for (int i = 0; i < 100; i++) {
      much.add(new float[] {1, 0, 0, 0});
    }
    assertThat(little.driftFrom(before)).isBetween(0.001, 0.02);
    assertThat(much.driftFrom(before)).isGreaterThan(0.2);
    assertThat(before.driftFrom(new TrunkStatistics(4))).isInfinite();
    assertThat(little.hasMovedFrom(before)).isFalse();
    assertThat(much.hasMovedFrom(before)).isTrue();
  }

  private static TrunkStatistics of(List<float[]> passages) {
    TrunkStatistics statistics = new TrunkStatistics(passages.get(0).length);
    passages.forEach(statistics::add);
    return statistics;
  }

  private List<float[]> passages(int count, int dimension) {
    List<float[]> passages = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      float[] passage = new float[dimension];
      for (int j = 0; j < dimension; j++) {
        passage[j] = (float) (random.nextGaussian() * (j + 1) + 0.5);
      }
      passages.add(passage);
    }
    return passages;
  }
}
