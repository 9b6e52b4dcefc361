package io.realmstream.model.onnx.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.realmstream.model.checkpoint.TestParts;
import io.realmstream.model.onnx.VectorModel;
import io.realmstream.schemas.version.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A graph of one layer, x W + b, with W = ((1, 2, 3), (4, 5, 6)) and b = (10, 20, 30). */
class OnnxWeightsTest {
  private final Path folder;

  OnnxWeightsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void weightsAreReadByName() throws IOException {
    OnnxWeights weights = OnnxWeights.read(layer());

    assertThat(weights.names()).containsExactly("bias", "matrix-7");
    assertThat(weights.shape("matrix-7")).containsExactly(2, 3);
    assertThat(weights.values("matrix-7")).containsExactly(1, 2, 3, 4, 5, 6);
    assertThatThrownBy(() -> weights.values("other")).hasMessage("no float weight is named other");
  }

  @Test
  void weightsThatAreListedNumberByNumberAreReadToo() throws IOException {
    TensorProto.Builder listed =
        TensorProto.newBuilder().setName("bias").setDataType(OnnxGraph.FLOAT).addDims(2);
    listed.addFloatData(3).addFloatData(4);
    Path file = folder.resolve("listed.onnx");
    Files.write(
        file,
        ModelProto.newBuilder()
            .setGraph(GraphProto.newBuilder().addInitializer(listed))
            .build()
            .toByteArray());

    OnnxWeights weights = OnnxWeights.read(file);
    assertThat(weights.values("bias")).containsExactly(3, 4);
    assertThat(weights.with(Map.of("bias", new float[] {5, 6})).values("bias"))
        .containsExactly(5, 6);
  }

  @Test
  void matrixIsFoundByTheBiasThatIsAddedToItsProduct() throws IOException {
    OnnxWeights weights = OnnxWeights.read(layer());

    assertThat(weights.matrixOf("bias")).isEqualTo("matrix-7");
    assertThat(weights.matrixOf("matrix-7")).isNull();
  }

  @Test
  void othersTakeTheirPlaceInTheSameGraph() throws Exception {
    OnnxWeights before = OnnxWeights.read(layer());
    Path file = folder.resolve("other.onnx");
    before.with(Map.of("bias", new float[] {-1, -2, -3})).write(file);

    assertThat(run(file, 1, 1)).containsExactly(4, 5, 6);
    assertThat(before.values("bias")).as("unchanged").containsExactly(10, 20, 30);
    assertThatThrownBy(() -> before.with(Map.of("bias", new float[2])))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("2 elements for bias");
  }

  /** Steps of an input between 0 and 1 are 1/255, those of a weight 1/127 of its column's most. */
  @Test
  void int8FormIsNear() throws Exception {
    Path file = folder.resolve("int8.onnx");
    OnnxWeights.read(layer()).writeInt8(file);

    float[] output = run(file, .3f, 1);
    float[] exact = {14.3f, 25.6f, 36.9f};
    for (int i = 0; i < exact.length; i++) {
      assertThat(output[i]).isCloseTo(exact[i], within(.05f));
    }
    assertThat(OnnxWeights.read(file).names())
        .as("no float matrix is left")
        .doesNotContain("matrix-7")
        .contains("bias");
  }

  @Test
  void fileThatIsNoModelIsNamed() throws IOException {
    Path text = Files.writeString(folder.resolve("text.onnx"), "no model");
    assertThatThrownBy(() -> OnnxWeights.read(text))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("text.onnx");
  }

  private Path layer() throws IOException {
    OnnxGraph graph = new OnnxGraph();
    graph.input("x", OnnxGraph.FLOAT, 1, 2);
    graph.output("y", OnnxGraph.FLOAT, 1, 3);
    String matrix = graph.floats("matrix-7", new float[] {1, 2, 3, 4, 5, 6}, 2, 3);
    String bias = graph.floats("bias", new float[] {10, 20, 30}, 3);
    graph.node("Add", "y", List.of(bias, graph.node("MatMul", "product", List.of("x", matrix))));
    return Files.write(folder.resolve("layer.onnx"), graph.bytes("layer"));
  }

  private float[] run(Path file, float... input) throws Exception {
    Part part = TestParts.write(folder, "copy-" + file.getFileName(), Files.readAllBytes(file));
    try (VectorModel model = VectorModel.open(part, TestParts.cache(folder.resolve("cache")))) {
      return model.run(input);
    }
  }
}
