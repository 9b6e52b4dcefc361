package io.realmstream.model.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ClaimTest {
  private final CostEstimate estimate = new CostEstimate();

  @Test
  void claimIsOnOneRunAtLeast() {
    assertThatThrownBy(() -> new Claim(0, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("runs is 0");
    assertThat(new Claim(1, 1).left()).isEqualTo(1);
  }

  @Test
  void runsAreNumberedFromZeroAndLeftUntilTheyHaveEnded() {
    Claim claim = new Claim(2, 1);
    assertThat(claim.begin()).isZero();
    assertThat(claim.begin()).isEqualTo(1);
    assertThat(claim.waiting()).isZero();
    assertThat(claim.left()).isEqualTo(2);

    claim.end(5);
    assertThat(claim.isDone()).isFalse();
    claim.end(5);
    assertThat(claim.isDone()).isTrue();
    assertThat(claim.left()).isZero();
  }

  @Test
  void runTakesTheEstimateUntilAFasterOneHasEnded() {
    estimate.add(100);
    Claim claim = new Claim(9, 1);
    assertThat(claim.runNanosMin(estimate)).isEqualTo(100);

    claim.end(120);
    assertThat(claim.runNanosMin(estimate)).isEqualTo(100);
    claim.end(40);
    claim.end(90);
    assertThat(claim.runNanosMin(estimate)).as("the fastest, not the last").isEqualTo(40);
  }

  @Test
  void claimTakenOnAloneBelievesItsEighthRun() {
    estimate.add(100);
    Claim claim = new Claim(9, 1);
    claim.takeAlone();
    for (int i = 0; i < 7; i++) {
      claim.end(40);
    }
    assertThat(claim.runNanosMin(estimate)).isZero();

    claim.end(40);
    assertThat(claim.runNanosMin(estimate)).isEqualTo(40);
  }
}
