package io.realmstream.deploy.bench;

import static org.assertj.core.api.Assertions.assertThat;

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
  void lineShowsBothMediansAndTheRatio() {
    Comparison comparison = new Comparison("edit", "ms");
    comparison.add(30, 10);
    assertThat(comparison.line())
        .isEqualTo("edit" + " ".repeat(59) + "30.00 ms        10.00 ms      3.00");
  }

  @Test
  void jsonSaysTheSameAndHowManyPairsThereWere() {
    Comparison comparison = new Comparison("edit", "ms");
    comparison.add(30, 10);
    assertThat(comparison.json())
        .isEqualTo(
            "{\"name\":\"edit\",\"unit\":\"ms\",\"ours\":30.0,\"baseline\":10.0,"
                + "\"ratio\":3.0,\"pairs\":1}");
  }
}
