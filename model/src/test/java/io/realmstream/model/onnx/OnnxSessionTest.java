package io.realmstream.model.onnx;

import static io.realmstream.model.onnx.file.OnnxGraph.ANY;
import static io.realmstream.model.onnx.file.OnnxGraph.FLOAT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import io.realmstream.model.checkpoint.CheckpointException;
import io.realmstream.model.checkpoint.TestParts;
import io.realmstream.model.onnx.file.OnnxGraph;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Over a model with outputs y = 2 x and root, the square root of x. */
class OnnxSessionTest {
  private final Path directory;

  OnnxSessionTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void outputsComeInTheOrderAskedFor() throws Exception {
    try (OnnxSession session = open();
        OnnxTensor x = OnnxSession.tensor(new float[] {4, 9})) {
      float[][] elements = session.run(Map.of("x", x), List.of("y", "root"));
      assertThat(elements[0]).containsExactly(8, 18);
      assertThat(elements[1]).containsExactly(2, 3);

      assertThat(session.run(Map.of("x", x), List.of("root", "y"))[0]).containsExactly(2, 3);
      assertThat(session.run(Map.of("x", x), List.of("root"))).hasDimensions(1, 2);
    }
  }

  @Test
  void elementThatIsNotFiniteIsAnErrorOfItsOutputAlone() throws Exception {
    try (OnnxSession session = open();
        OnnxTensor x = OnnxSession.tensor(new float[] {4, -1})) {
      assertThatThrownBy(() -> session.run(Map.of("x", x), List.of("y", "root")))
          .isInstanceOf(InferenceException.class)
          .hasMessageEndingWith("model.onnx: a NaN or an infinity in output root");
      assertThat(session.run(Map.of("x", x), List.of("y"))[0]).containsExactly(8, -2);
    }
  }

  @Test
  void inputsAndOutputsAreToldByTypeAndRank() throws Exception {
    try (OnnxSession session = open()) {
      assertThat(session.inputs()).containsExactly("x");
      assertThat(session.hasInput("x", OnnxJavaType.FLOAT, 2)).isTrue();
      assertThat(session.hasInput("x", OnnxJavaType.INT64, 2)).isFalse();
      assertThat(session.hasInput("x", OnnxJavaType.FLOAT, 1)).isFalse();
      assertThat(session.hasInput("y", OnnxJavaType.FLOAT, 2)).isFalse();
      assertThat(session.outputs(2)).containsExactly("root", "y");
      assertThat(session.outputs(3)).isEmpty();
    }
  }

  /** A lack of memory may pass; no model is to blame for it. */
  @Test
  void errorOfLoadingStaysAnError() {
    OutOfMemoryError error = new OutOfMemoryError("Java heap space");
    Callable<OnnxSession> loading =
        () -> {
          throw error;
        };

    assertThatThrownBy(() -> OnnxSession.load(loading)).isSameAs(error);
  }

  @Test
  void mismatchTellsTheNeedAndWhatThereIs() throws Exception {
    try (OnnxSession session = open()) {
      assertThat(session.mismatch("needs more"))
          .hasMessageEndingWith(
              "model.onnx: needs more; it has inputs [x FLOAT[-1, 2]]"
                  + " and outputs [root FLOAT[-1, 2], y FLOAT[-1, 2]]");
    }
  }

  @Test
  void inputOfAnotherShapeIsAnErrorThatNamesTheModel() throws Exception {
    try (OnnxSession session = open();
        OnnxTensor x = OnnxSession.tensor(new float[] {1, 2, 3})) {
      assertThatThrownBy(() -> session.run(Map.of("x", x), List.of("y")))
          .isInstanceOf(InferenceException.class)
          .hasMessageContaining("model.onnx: ");
    }
  }

  @Test
  void closedSessionDoesNotRunAndClosesAgain() throws Exception {
    OnnxSession session = open();
    session.close();
    session.close();

    try (OnnxTensor x = OnnxSession.tensor(new float[] {4, 9})) {
      assertThatThrownBy(() -> session.run(Map.of("x", x), List.of("y")))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageEndingWith("model.onnx is closed");
    }
  }

  @Test
  void fileThatIsNoModelIsAnErrorOfTheCheckpointInOneLine() {
    assertThatThrownBy(() -> open("no model".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("model.onnx: not a model that ONNX Runtime can load: ")
        .hasMessageNotContaining("\n");
  }

  @Test
  void interruptWhileAModelIsLoadedIsKept() throws Exception {
    Thread.currentThread().interrupt();
    try (OnnxSession session = open()) {
      assertThat(Thread.interrupted()).isTrue();
      assertThat(session.inputs()).containsExactly("x");
    } finally {
      Thread.interrupted();
    }
  }

  private OnnxSession open() throws Exception {
    OnnxGraph graph = new OnnxGraph();
    graph.input("x", FLOAT, ANY, 2);
    graph.node("Add", "y", List.of("x", "x"));
    graph.node("Sqrt", "root", List.of("x"));
    graph.output("y", FLOAT, ANY, 2);
    graph.output("root", FLOAT, ANY, 2);
    return open(graph.bytes("tiny"));
  }

  private OnnxSession open(byte[] model) throws Exception {
    return OnnxSession.open(
        TestParts.write(directory, "model.onnx", model),
        TestParts.cache(directory.resolve("cache")));
  }
}
