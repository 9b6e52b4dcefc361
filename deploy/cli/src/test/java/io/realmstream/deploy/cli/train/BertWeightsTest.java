package io.realmstream.deploy.cli.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.realmstream.deploy.cli.CommandFailure;
import io.realmstream.model.onnx.file.OnnxGraph;
import io.realmstream.model.onnx.file.OnnxWeights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BertWeightsTest {
  private final Path folder;

  BertWeightsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void matricesAreFoundByTheirBiases() throws IOException {
    Path trunk = TinyTrunk.write(folder);
    OnnxWeights file = OnnxWeights.read(trunk);
    BertWeights weights = new BertWeights(trunk, file);

    assertThat(weights.layers()).isEqualTo(TinyTrunk.LAYERS);
    assertThat(weights.hidden()).isEqualTo(TinyTrunk.HIDDEN);
    assertThat(weights.trained()).hasSize(2 + TinyTrunk.LAYERS * 16).doesNotHaveDuplicates();
    // a layer has six: query, key, value, attention's output, the wide one, the output
    assertThat(weights.values("encoder.layer.0.attention.self.key.weight"))
        .isEqualTo(file.values("MatMul_1"));
    assertThat(weights.values("encoder.layer.1.output.dense.weight"))
        .isEqualTo(file.values("MatMul_11"));
  }

  @Test
  void trainedOnesGoBackToTheirPlace() throws IOException {
    Path trunk = TinyTrunk.write(folder);
    BertWeights weights = new BertWeights(trunk, OnnxWeights.read(trunk));
    float[] ones = new float[TinyTrunk.HIDDEN * TinyTrunk.HIDDEN];
    Arrays.fill(ones, 1);

    OnnxWeights after = weights.with(Map.of("encoder.layer.1.attention.self.query.weight", ones));

    assertThat(after.values("MatMul_6")).isEqualTo(ones);
    assertThat(after.values("MatMul_7"))
        .isEqualTo(weights.values("encoder.layer.1.attention.self.key.weight"));
  }

  @Test
  void fileThatIsNoBertIsNamed() throws IOException {
    OnnxGraph graph = new OnnxGraph();
    graph.floats("other", new float[] {1}, 1);
    Path file = Files.write(folder.resolve("other.onnx"), graph.bytes("other"));
    OnnxWeights weights = OnnxWeights.read(file);

    assertThatThrownBy(() -> new BertWeights(file, weights))
        .isInstanceOf(CommandFailure.class)
        .hasMessage(
            file + " is no BERT in float: it has no weight embeddings.word_embeddings.weight");
  }
}
