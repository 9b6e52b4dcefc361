package io.realmstream.deploy.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  @Test
  void ratioIsTheMedianOfThePairsRatios() {
    Comparison comparison = new Comparison("edit", "ms");
    comparison.add(30, 10);
    comparison.add(100, 50);
    comparison.add(8, 1);
    assertThat(comparison.ratio()).isEqualTo(3);
  }

  @Test
  void percentileIsTheNearestRank() {
    List<Double> hundred = IntStream.rangeClosed(1, 100).mapToObj(i -> 101.0 - i).toList();
    assertThat(Comparison.percentile(hundred, 99)).isEqualTo(99);
    assertThat(Comparison.percentile(hundred, 50)).isEqualTo(50);
    assertThat(Comparison.percentile(List.of(7.0), 99)).isEqualTo(7);
  }

  @Test
  void lineShowsBothMediansAndTheRatio() {
    Comparison comparison = new Comparison("edit", "ms");
    comparison.add(30, 10);
    assertThat(comparison.line()).containsSubsequence("edit", "30.00 ms", "10.00 ms", "3.00");
  }
}
