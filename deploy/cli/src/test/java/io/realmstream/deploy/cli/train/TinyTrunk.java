package io.realmstream.deploy.cli.train;

import static io.realmstream.model.onnx.file.OnnxGraph.attribute;

import io.realmstream.deploy.cli.models.PartFile;
import io.realmstream.model.checkpoint.DefaultCheckpoints;
import io.realmstream.model.checkpoint.PartCache;
import io.realmstream.model.checkpoint.PartOpener;
import io.realmstream.model.encoder.Encoder;
import io.realmstream.model.onnx.file.OnnxGraph;
import io.realmstream.schemas.version.EncoderTower;
import io.realmstream.schemas.version.Pooling;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import io.realmstream.schemas.version.TitleForm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/**
 * An encoder of random weights, named as Hugging Face's exporter names them: two layers, {@link
 * #HEADS} heads, MiniLM's vocabulary. Written as an ONNX file operator by operator.
 */
final class TinyTrunk {
  static final int HIDDEN = 16;
  static final int HEADS = 4;
  static final int LAYERS = 2;
  static final int TOKENS_MAX = 48;
  private static final int WIDE = 24;
  private static final int VOCABULARY = 30_522;

  private final OnnxGraph graph = new OnnxGraph();
  private final Random random = new Random(3);
  private int matrices;

  private TinyTrunk() {}

  /** Writes the file. */
  static Path write(Path folder) throws IOException {
    TinyTrunk trunk = new TinyTrunk();
    trunk.graph.input("input_ids", OnnxGraph.INT64, 1, "tokens");
    trunk.graph.input("token_type_ids", OnnxGraph.INT64, 1, "tokens");
    trunk.graph.output("last_hidden_state", OnnxGraph.FLOAT, 1, "tokens", HIDDEN);
    String states = trunk.embeddings();
    for (int layer = 0; layer < LAYERS; layer++) {
      states = trunk.layer(states, "encoder.layer." + layer + ".");
    }
    trunk.graph.node("Identity", "last_hidden_state", List.of(states));
    return Files.write(folder.resolve("tiny.onnx"), trunk.graph.bytes("tiny"));
  }

  /** A retriever whose towers share a trunk. */
  static RetrieverCheckpoint checkpoint(Path trunk, Pooling pooling) throws IOException {
    EncoderTower tower =
        new EncoderTower(
            PartFile.of(trunk),
            DefaultCheckpoints.minilm().queryTower().tokenizer(),
            null,
            pooling,
            true,
            "",
            TitleForm.SEGMENT,
            TOKENS_MAX);
    RetrieverCheckpoint minilm = DefaultCheckpoints.minilm();
    return new RetrieverCheckpoint("tiny", tower, tower, minilm.reader(), 20, null, null, null);
  }

  /** Its encoder, run by ONNX Runtime. */
  static Encoder open(Path trunk, Pooling pooling, Path cache) throws Exception {
    return Encoder.open(
        checkpoint(trunk, pooling).queryTower(),
        new PartCache(cache, PartOpener.local(TinyTrunk.class.getClassLoader())));
  }

  private String embeddings() {
    String zero = graph.integers("zero", 0L);
    String shape = graph.node("Shape", "shape", List.of("input_ids"));
    String one = graph.integers("one", 1L);
    String two = graph.integers("two", 2L);
    String length = graph.node("Slice", "length", List.of(shape, one, two, zero));
    String places = table("embeddings.position_embeddings.weight", TOKENS_MAX);
    String positions = graph.node("Slice", "positions", List.of(places, zero, length, zero));
    String words = table("embeddings.word_embeddings.weight", VOCABULARY);
    String word = graph.node("Gather", "words", List.of(words, "input_ids"));
    String parts = table("embeddings.token_type_embeddings.weight", 2);
    String part = graph.node("Gather", "parts", List.of(parts, "token_type_ids"));
    String placed = graph.node("Add", "placed", List.of(word, positions));
    return norm(graph.node("Add", "embedded", List.of(placed, part)), "embeddings.LayerNorm");
  }

  private String layer(String states, String name) {
    String query = heads(dense(states, name + "attention.self.query", HIDDEN), 0L, 2L, 1L, 3L);
    String key = heads(dense(states, name + "attention.self.key", HIDDEN), 0L, 2L, 3L, 1L);
    String value = heads(dense(states, name + "attention.self.value", HIDDEN), 0L, 2L, 1L, 3L);
    String scores = graph.node("MatMul", name + "scores", List.of(query, key));
    String root = graph.number("root", (float) Math.sqrt((double) HIDDEN / HEADS));
    String scaled = graph.node("Div", name + "scaled", List.of(scores, root));
    String shares = graph.node("Softmax", name + "shares", List.of(scaled), attribute("axis", -1));
    String mixed = graph.node("MatMul", name + "mixed", List.of(shares, value));
    String back =
        graph.node(
            "Transpose", name + "back", List.of(mixed), attribute("perm", List.of(0L, 2L, 1L, 3L)));
    String rows = graph.integers("rows", 0, 0, HIDDEN);
    String joined = graph.node("Reshape", name + "joined", List.of(back, rows));
    String attended =
        graph.node(
            "Add",
            name + "attended",
            List.of(dense(joined, name + "attention.output.dense", HIDDEN), states));
    String after = norm(attended, name + "attention.output.LayerNorm");
    String wide = gelu(dense(after, name + "intermediate.dense", WIDE));
    String output = dense(wide, name + "output.dense", HIDDEN);
    return norm(graph.node("Add", name + "sum", List.of(output, after)), name + "output.LayerNorm");
  }

  private String heads(String states, Long... order) {
    String shape = graph.integers("heads", 0, 0, HEADS, HIDDEN / HEADS);
    String split = graph.node("Reshape", states + "/split", List.of(states, shape));
    return graph.node(
        "Transpose", states + "/heads", List.of(split), attribute("perm", List.of(order)));
  }

  private String dense(String input, String name, int outputs) {
    int inputs = name.matches("encoder.layer.\\d.output.dense") ? WIDE : HIDDEN;
    String matrix =
        graph.floats("MatMul_" + matrices++, values(.3, inputs * outputs), inputs, outputs);
    String product = graph.node("MatMul", name + "/product", List.of(input, matrix));
    String bias = graph.floats(name + ".bias", values(.1, outputs), outputs);
    return graph.node("Add", name + "/sum", List.of(bias, product));
  }

  private String norm(String input, String name) {
    float[] scale = values(.2, HIDDEN);
    for (int i = 0; i < scale.length; i++) {
      scale[i] += 1;
    }
    return graph.node(
        "LayerNormalization",
        name,
        List.of(
            input,
            graph.floats(name + ".weight", scale, HIDDEN),
            graph.floats(name + ".bias", values(.1, HIDDEN), HIDDEN)),
        attribute("axis", -1),
        attribute("epsilon", 1e-12f));
  }

  private String gelu(String input) {
    String root = graph.number("root-of-two", (float) Math.sqrt(2));
    String erf =
        graph.node(
            "Erf",
            input + "/erf",
            List.of(graph.node("Div", input + "/divided", List.of(input, root))));
    String above = graph.node("Add", input + "/above", List.of(erf, graph.number("unit", 1)));
    String twice = graph.node("Mul", input + "/twice", List.of(input, above));
    return graph.node("Mul", input + "/gelu", List.of(twice, graph.number("half", .5f)));
  }

  private String table(String name, int rows) {
    return graph.floats(name, values(1, rows * HIDDEN), rows, HIDDEN);
  }

  private float[] values(double spread, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) (spread * random.nextGaussian());
    }
    return values;
  }
}
