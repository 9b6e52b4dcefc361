package io.realmstream.model.learning;

import static io.realmstream.model.onnx.file.OnnxGraph.ANY;
import static io.realmstream.model.onnx.file.OnnxGraph.FLOAT;
import static io.realmstream.model.onnx.file.OnnxGraph.attribute;

import io.realmstream.model.onnx.file.OnnxGraph;
import java.util.List;

/**
 * A head as an ONNX file, ready to be a tower's projection: {@code y = (x/|x| - mean) W} in
 * float32. The tower scales y to length 1. Equal heads give equal bytes.
 */
public final class HeadFile {
  private HeadFile() {}

  /** The file: about 4 bytes a weight. */
  public static byte[] of(ProjectionHead head) {
    OnnxGraph graph = new OnnxGraph();
    graph.input("x", FLOAT, ANY, head.inputs());
    graph.floats("mean", floats(head.mean()), head.inputs());
    graph.floats("weights", floats(head.weights()), head.inputs(), head.dimension());
    graph.node("LpNormalization", "unit", List.of("x"), attribute("axis", -1), attribute("p", 2));
    graph.node("Sub", "centred", List.of("unit", "mean"));
    graph.node("MatMul", "y", List.of("centred", "weights"));
    graph.output("y", FLOAT, ANY, head.dimension());
    return graph.bytes("projection");
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }
}
