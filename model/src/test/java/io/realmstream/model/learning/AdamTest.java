package io.realmstream.model.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class AdamTest {

  @Test
  void firstStepIsTheRateAgainstTheSign() {
    double[] numbers = {1, 1, 1};
    new Adam(3).step(numbers, new double[] {0.5, -2, 0}, 0.1);
    assertThat(numbers[0]).isCloseTo(0.9, within(1e-8));
    assertThat(numbers[1]).isCloseTo(1.1, within(1e-8));
    assertThat(numbers[2]).isEqualTo(1);
  }

  @Test
  void secondStepByHand() {
    double[] numbers = {0};
    Adam adam = new Adam(1);
    adam.step(numbers, new double[] {1}, 0.1);
    adam.step(numbers, new double[] {3}, 0.1);
    // moments .9 * .1 + .1 * 3 = .39 over 1 - .81, and .999 * .001 + .001 * 9 over 1 - .998001
    double first = 0.39 / 0.19;
    double second = 0.009999 / 0.001999;
    assertThat(numbers[0]).isCloseTo(-0.1 - 0.1 * first / Math.sqrt(second), within(1e-8));
  }
}
