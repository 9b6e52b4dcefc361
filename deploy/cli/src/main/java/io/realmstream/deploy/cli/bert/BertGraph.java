package io.realmstream.deploy.cli.bert;

import static io.realmstream.model.onnx.file.OnnxGraph.attribute;

import io.realmstream.deploy.cli.bert.TensorBundle.Tensor;
import io.realmstream.model.onnx.file.OnnxGraph;
import io.realmstream.model.onnx.file.Quantized;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/**
 * BERT with its masked-language-model head as an ONNX graph (Devlin et al. 2019). Inputs: {@code
 * input_ids} and {@code token_type_ids} of {@code [1, tokens]}, and {@code mask_positions} of
 * {@code [masks]}. Output: {@code logits} of {@code [masks, vocabulary]}; only masked tokens go
 * through the head, whose last matrix is that of the word embeddings.
 */
final class BertGraph {
  /** Of each attention head, in every published BERT. */
  private static final int HEAD_SIZE = 64;

  private static final float NORM_EPSILON = 1e-12f;
  private static final String EMBEDDINGS = "bert/embeddings/";
  private static final String HEAD = "cls/predictions/";

  private final TensorBundle variables;
  private final String prefix;
  private final BertForm form;
  private final OnnxGraph graph = new OnnxGraph();
  private final int hidden;
  private final int heads;
  private final int layers;
  private final int vocabulary;

  /**
   * @param prefix before the name of each variable
   * @throws IOException when the variables are not those of a BERT with its head
   */
  BertGraph(TensorBundle variables, String prefix, BertForm form) throws IOException {
    this.variables = variables;
    this.prefix = prefix;
    this.form = form;
    Tensor words = variables.tensor(prefix + EMBEDDINGS + "word_embeddings");
    this.vocabulary = words.rows();
    this.hidden = words.columns();
    this.heads = Math.max(1, hidden / HEAD_SIZE);
    int count = 0;
    while (variables.names().contains(prefix + layer(count) + "output/dense/kernel")) {
      count++;
    }
    this.layers = count;
  }

  /** Writes the model. */
  void write(OutputStream out) throws IOException {
    graph.input("input_ids", OnnxGraph.INT64, 1, "tokens");
    graph.input("token_type_ids", OnnxGraph.INT64, 1, "tokens");
    graph.input("mask_positions", OnnxGraph.INT64, "masks");
    graph.output("logits", OnnxGraph.FLOAT, "masks", vocabulary);
    String states = embeddings();
    for (int layer = 0; layer < layers; layer++) {
      states = feedForward(layer(layer), attention(layer(layer), states));
    }
    head(states);
    graph.write("bert-masked-lm", out);
  }

  /** Sum of the embeddings of words, places and segments. */
  private String embeddings() throws IOException {
    String words =
        graph.node(
            "Gather", "words", List.of(weights(EMBEDDINGS + "word_embeddings"), "input_ids"));
    String segments =
        graph.node(
            "Gather",
            "segments",
            List.of(weights(EMBEDDINGS + "token_type_embeddings"), "token_type_ids"));
    // a slice of the table: ids of positions by Range break ONNX Runtime's fusion
    String zero = graph.integers("zero", 0L);
    String shape = graph.node("Shape", "shape", List.of("input_ids"));
    String length =
        graph.node(
            "Slice",
            "length",
            List.of(shape, graph.integers("one", 1L), graph.integers("two", 2L), zero));
    String positions =
        graph.node(
            "Slice",
            "positions",
            List.of(weights(EMBEDDINGS + "position_embeddings"), zero, length, zero));
    String placed = graph.node("Add", "placed", List.of(words, positions));
    String sum = graph.node("Add", "embedded", List.of(placed, segments));
    return norm(sum, EMBEDDINGS + "LayerNorm");
  }

  private static String layer(int number) {
    return "bert/encoder/layer_" + number + "/";
  }

  private String attention(String layer, String states) throws IOException {
    String self = layer + "attention/self/";
    String query = head(dense(states, self + "query", isMixed()), List.of(0L, 2L, 1L, 3L));
    String key = head(dense(states, self + "key", isMixed()), List.of(0L, 2L, 3L, 1L));
    String value = head(dense(states, self + "value", isMixed()), List.of(0L, 2L, 1L, 3L));
    String scores = graph.node("MatMul", self + "scores", List.of(query, key));
    float scale = (float) (1 / Math.sqrt((double) hidden / heads));
    String scaled =
        graph.node("Mul", self + "scaled", List.of(scores, graph.number("scale", scale)));
    String weights =
        graph.node("Softmax", self + "weights", List.of(scaled), attribute("axis", -1));
    String mixed = graph.node("MatMul", self + "mixed", List.of(weights, value));
    String back =
        graph.node(
            "Transpose", self + "back", List.of(mixed), attribute("perm", List.of(0L, 2L, 1L, 3L)));
    String joined =
        graph.node(
            "Reshape",
            self + "joined",
            List.of(back, graph.integers("joined-shape", 0, 0, hidden)));
    String output = dense(joined, layer + "attention/output/dense", isMixed());
    String sum = graph.node("Add", layer + "attention/sum", List.of(output, states));
    return norm(sum, layer + "attention/output/LayerNorm");
  }

  /** Splits {@code [1, tokens, hidden]} into heads and orders the four dimensions. */
  private String head(String states, List<Long> order) {
    String split =
        graph.node(
            "Reshape",
            states + "/split",
            List.of(states, graph.integers("split-shape", 0, 0, heads, hidden / heads)));
    return graph.node("Transpose", states + "/heads", List.of(split), attribute("perm", order));
  }

  private String feedForward(String layer, String states) throws IOException {
    String wide = gelu(dense(states, layer + "intermediate/dense", isMixed()));
    String output = dense(wide, layer + "output/dense", false);
    String sum = graph.node("Add", layer + "sum", List.of(output, states));
    return norm(sum, layer + "output/LayerNorm");
  }

  private void head(String states) throws IOException {
    String rows = graph.node("Squeeze", "rows", List.of(states, graph.integers("zero", 0L)));
    String masked = graph.node("Gather", "masked", List.of(rows, "mask_positions"));
    String transformed = gelu(dense(masked, HEAD + "transform/dense", false));
    String normed = norm(transformed, HEAD + "transform/LayerNorm");
    graph.node(
        "Gemm",
        "logits",
        List.of(normed, weights(EMBEDDINGS + "word_embeddings"), weights(HEAD + "output_bias")),
        attribute("transB", 1));
  }

  private boolean isMixed() {
    return form == BertForm.MIXED;
  }

  /** x W + b; in int8, x is quantized as it comes. */
  private String dense(String input, String name, boolean isInt8) throws IOException {
    String product =
        isInt8
            ? int8Product(input, name)
            : graph.node("MatMul", name + "/product", List.of(input, weights(name + "/kernel")));
    return graph.node("Add", name, List.of(product, weights(name + "/bias")));
  }

  private String int8Product(String input, String name) throws IOException {
    Tensor kernel = variables.tensor(prefix + name + "/kernel");
    return graph.int8Product(
        input, name + "/product", Quantized.of(kernel.floats(), kernel.columns()));
  }

  private String norm(String input, String name) throws IOException {
    return graph.node(
        "LayerNormalization",
        name,
        List.of(input, weights(name + "/gamma"), weights(name + "/beta")),
        attribute("axis", -1),
        attribute("epsilon", NORM_EPSILON));
  }

  /** x (1 + erf(x / sqrt 2)) / 2. */
  private String gelu(String input) {
    String root = graph.number("root-of-two", (float) Math.sqrt(2));
    String divided = graph.node("Div", input + "/divided", List.of(input, root));
    String erf = graph.node("Erf", input + "/erf", List.of(divided));
    String above = graph.node("Add", input + "/above", List.of(erf, graph.number("one-float", 1f)));
    String product = graph.node("Mul", input + "/doubled", List.of(input, above));
    return graph.node("Mul", input + "/gelu", List.of(product, graph.number("half", .5f)));
  }

  private String weights(String name) throws IOException {
    Tensor tensor = variables.tensor(prefix + name);
    return graph.constant(name + "/float32", OnnxGraph.FLOAT, tensor.values(), tensor.shape());
  }
}
