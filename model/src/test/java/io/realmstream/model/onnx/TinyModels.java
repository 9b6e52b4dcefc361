package io.realmstream.model.onnx;

import static io.realmstream.model.onnx.file.OnnxGraph.ANY;
import static io.realmstream.model.onnx.file.OnnxGraph.FLOAT;
import static io.realmstream.model.onnx.file.OnnxGraph.INT64;
import static io.realmstream.model.onnx.file.OnnxGraph.attribute;

import io.realmstream.model.onnx.file.OnnxGraph;
import java.util.List;

/** Models whose outputs are known by hand, in the shapes that encoders and readers have. */
public final class TinyModels {
  /** Entries of the vocabulary of the tokenizers on the class path. */
  public static final int VOCABULARY = 30522;

  private TinyModels() {}

  /** Inputs as transformers have them, with an output that is nothing but table rows by id. */
  public static byte[] trunk(float[][] rows) {
    int dimension = rows[0].length;
    float[] table = new float[VOCABULARY * dimension];
    for (int id = 0; id < VOCABULARY; id++) {
      System.arraycopy(rows[id % rows.length], 0, table, id * dimension, dimension);
    }
    OnnxGraph graph = tokens();
    graph.floats("table", table, VOCABULARY, dimension);
    return rows(graph, dimension);
  }

  /** With an output of the rows of the constant "table". */
  public static byte[] rows(OnnxGraph graph, int dimension) {
    graph.node("Gather", "rows", List.of("table", "input_ids"));
    graph.output("rows", FLOAT, ANY, ANY, dimension);
    return graph.bytes("tiny");
  }

  /** start_logits = sum of the ids so far; end_logits = the segments' ids. */
  public static byte[] reader() {
    OnnxGraph graph = tokens();
    graph.integer("axis", 1);
    graph.node("CumSum", "sums", List.of("input_ids", "axis"));
    graph.node("Cast", "start_logits", List.of("sums"), attribute("to", FLOAT));
    graph.output("start_logits", FLOAT, ANY, ANY);
    return scores(graph, "token_type_ids", "end_logits");
  }

  /** With an output of the numbers of an input, one a token. */
  public static byte[] scores(OnnxGraph graph, String input, String output) {
    graph.node("Cast", output, List.of(input), attribute("to", FLOAT));
    graph.output(output, FLOAT, ANY, ANY);
    return graph.bytes("tiny");
  }

  /**
   * A logit is how often its token is in the input, and 1 more for the token before the mask; of
   * the masked tokens alone.
   */
  public static byte[] maskedReader() {
    OnnxGraph graph = tokens();
    graph.input("mask_positions", INT64, ANY);
    graph.integer("depth", VOCABULARY);
    graph.floats("off-and-on", new float[] {0, 1}, 2);
    graph.integer("one", 1);
    graph.integers("batch", 0);
    graph.integers("tokens", 1);
    graph.node("OneHot", "ones", List.of("input_ids", "depth", "off-and-on"));
    graph.node("ReduceSum", "sums", List.of("ones", "tokens"));
    graph.node("Squeeze", "counts", List.of("sums", "batch"));
    graph.node("Squeeze", "rows", List.of("ones", "batch"));
    graph.node("Sub", "before", List.of("mask_positions", "one"));
    graph.node("Gather", "neighbours", List.of("rows", "before"));
    graph.node("Add", "logits", List.of("neighbours", "counts"));
    graph.output("logits", FLOAT, ANY, VOCABULARY);
    return graph.bytes("tiny");
  }

  /** y = x W. */
  public static byte[] projection(float[] weights, int inputs, int outputs) {
    OnnxGraph graph = new OnnxGraph();
    graph.input("x", FLOAT, ANY, inputs);
    graph.floats("w", weights, inputs, outputs);
    graph.node("MatMul", "y", List.of("x", "w"));
    graph.output("y", FLOAT, ANY, outputs);
    return graph.bytes("tiny");
  }

  /** The three inputs of a transformer. */
  public static OnnxGraph tokens() {
    OnnxGraph graph = tokens("input_ids");
    graph.input("attention_mask", INT64, ANY, ANY);
    graph.input("token_type_ids", INT64, ANY, ANY);
    return graph;
  }

  /** One input of tokens. */
  public static OnnxGraph tokens(String input) {
    OnnxGraph graph = new OnnxGraph();
    graph.input(input, INT64, ANY, ANY);
    return graph;
  }
}
