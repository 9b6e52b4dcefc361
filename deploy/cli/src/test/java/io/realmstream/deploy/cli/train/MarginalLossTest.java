package io.realmstream.deploy.cli.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Against the paper's sum in double. */
@EnabledIfSystemProperty(named = "realm.trainer", matches = "true")
class MarginalLossTest {
  private static final float[][] QUERIES = {{1, 0}, {.6f, .8f}};
  private static final float[][] PASSAGES = {{.8f, .6f}, {0, 1}, {-1, 0}};

  @Test
  void lossIsThatOfTheMarginal() throws IOException {
    float[][] accepted = {{1, 0, 0}, {1, 1, 0}};
    double first = p(0, 0);
    double second = p(1, 0) + p(1, 1);

    assertThat(loss(accepted, 2))
        .isCloseTo(-(Math.log(first) + Math.log(second)) / 2, within(1e-6));
  }

  @Test
  void allPassagesAcceptedIsNoLoss() throws IOException {
    assertThat(loss(new float[][] {{1, 1, 1}, {1, 1, 1}}, 2)).isCloseTo(0, within(1e-6));
  }

  /** f is -1000 against 800, and -600 against 960: no float holds such a p(z|x). */
  @Test
  void improbablePassageHasAFiniteLoss() throws IOException {
    assertThat(loss(new float[][] {{0, 0, 1}, {0, 0, 1}}, 1_000))
        .isCloseTo((1_800 + 1_560) / 2.0, within(.01));
  }

  private static double p(int query, int passage) {
    double sum = 0;
    for (float[] each : PASSAGES) {
      sum += Math.exp(2 * dot(QUERIES[query], each));
    }
    return Math.exp(2 * dot(QUERIES[query], PASSAGES[passage])) / sum;
  }

  private static double dot(float[] a, float[] b) {
    return (double) a[0] * b[0] + (double) a[1] * b[1];
  }

  private static double loss(float[][] accepted, double scale) throws IOException {
    try (NDManager manager = Torch.engine().newBaseManager()) {
      return MarginalLoss.of(
              manager.create(QUERIES), manager.create(PASSAGES), manager.create(accepted), scale)
          .getFloat();
    }
  }
}
