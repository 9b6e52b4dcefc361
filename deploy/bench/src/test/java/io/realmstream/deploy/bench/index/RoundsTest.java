package io.realmstream.deploy.bench.index;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RoundsTest {
  @Test
  void theRatioIsTheMedianOfTheRoundsRatios() {
    Rounds ours = new Rounds();
    Rounds base = new Rounds();
    double[][] rounds = {{1, 2}, {30, 40}, {9, 10}};
    for (double[] round : rounds) {
      ours.add(round[0]);
      base.add(round[1]);
    }
    assertThat(ours.median()).isEqualTo(9);
    assertThat(ours.medianRatio(base)).isEqualTo(0.75);
  }

  @Test
  void ofAnEvenNumberOfRoundsTheMedianIsInTheMiddle() {
    Rounds rounds = new Rounds();
    rounds.add(4);
    rounds.add(1);
    assertThat(rounds.median()).isEqualTo(2.5);
  }
}
