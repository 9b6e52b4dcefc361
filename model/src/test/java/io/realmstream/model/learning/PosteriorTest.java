package io.realmstream.model.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PosteriorTest {

  @Test
  void excessIsThePapersFormula() {
    // p(z|x) = 1/4 and 3/4, p(y|z,x) = .8 and .4: p(y|x) = .5
    Posterior posterior =
        Posterior.of(new double[] {0, Math.log(3)}, new double[] {Math.log(0.8), Math.log(0.4)});
    assertThat(posterior.logMarginal()).isCloseTo(Math.log(0.5), within(1e-12));
    assertThat(posterior.excess()[0]).isCloseTo((0.8 / 0.5 - 1) * 0.25, within(1e-12));
    assertThat(posterior.excess()[1]).isCloseTo((0.4 / 0.5 - 1) * 0.75, within(1e-12));
  }

  @Test
  void largeScoresDoNotOverflow() {
    Posterior posterior =
        Posterior.of(new double[] {1e4, 0}, new double[] {Double.NEGATIVE_INFINITY, 0});
    assertThat(posterior.logMarginal()).isEqualTo(-1e4);
    assertThat(posterior.excess()).containsExactly(-1, 1);
  }
}
