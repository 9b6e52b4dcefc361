package io.realmstream.model.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.realmstream.model.checkpoint.TestParts;
import io.realmstream.model.onnx.VectorModel;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeadFileTest {
  private final Path directory;

  HeadFileTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void onnxRuntimeGivesTheNumbersOfTheForwardPass() throws Exception {
    Random random = new Random(2);
    double[] mean = new double[384];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = random.nextGaussian() / 50;
    }
    ProjectionHead head = ProjectionHead.random(mean, 128, 3);
    try (VectorModel model =
        VectorModel.open(
            TestParts.write(directory, "head.onnx", HeadFile.of(head)),
            TestParts.cache(directory.resolve("cache")))) {
      for (int run = 0; run < 20; run++) {
        float[] trunk = new float[384];
        for (int i = 0; i < trunk.length; i++) {
          trunk[i] = (float) (random.nextGaussian() * (run + 1));
        }
        double[] expected = head.vector(trunk);
        float[] product = model.run(trunk);
        double length = 0;
        for (float element : product) {
          length += (double) element * element;
        }
        assertThat(product).hasSize(128);
        for (int i = 0; i < product.length; i++) {
          assertThat(product[i] / Math.sqrt(length)).isCloseTo(expected[i], within(1e-6));
        }
      }
    }
  }

  @Test
  void equalHeadsGiveEqualBytes() {
    ProjectionHead head = ProjectionHead.random(new double[8], 4, 1);
    assertThat(HeadFile.of(head.copy())).isEqualTo(HeadFile.of(head));
  }
}
