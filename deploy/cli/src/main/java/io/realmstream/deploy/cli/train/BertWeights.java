package io.realmstream.deploy.cli.train;

import io.realmstream.deploy.cli.CommandFailure;
import io.realmstream.model.onnx.file.OnnxWeights;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The weights of a BERT in an ONNX file as Hugging Face's exporter names them. An exporter gives
 * matrices names without a meaning; they are found by the biases that are added to their products.
 */
final class BertWeights {
  private static final String WORDS = "embeddings.word_embeddings.weight";
  private static final String ATTENTION = "attention.";

  private final Path file;
  private final OnnxWeights weights;
  private final String prefix;
  private final int layers;

  /** From the name that {@link Bert} uses to the name in the file, of what is trained. */
  private final Map<String, String> names = new LinkedHashMap<>();

  /**
   * @param file where they were read, for messages
   * @throws CommandFailure if they are not those of a BERT
   */
  BertWeights(Path file, OnnxWeights weights) {
    this.file = file;
    this.weights = weights;
    String words =
        weights.names().stream()
            .filter(name -> name.endsWith(WORDS))
            .findFirst()
            .orElseThrow(() -> missing(WORDS));
    prefix = words.substring(0, words.length() - WORDS.length());
    norm("embeddings.LayerNorm");
    int layer = 0;
    while (weights.names().contains(prefix + layer(layer) + "output.dense.bias")) {
      String name = layer(layer++);
      for (String each : List.of("self.query", "self.key", "self.value", "output.dense")) {
        dense(name + ATTENTION + each);
      }
      norm(name + ATTENTION + "output.LayerNorm");
      dense(name + "intermediate.dense");
      dense(name + "output.dense");
      norm(name + "output.LayerNorm");
    }
    layers = layer;
  }

  static String layer(int number) {
    return "encoder.layer." + number + ".";
  }

  int layers() {
    return layers;
  }

  /** Elements of each state. */
  int hidden() {
    return Math.toIntExact(weights.shape(prefix + WORDS)[1]);
  }

  /** Rows of word embeddings. */
  float[] words() {
    return weights.values(prefix + WORDS);
  }

  /** Rows of position embeddings. */
  float[] positions() {
    return table("embeddings.position_embeddings.weight");
  }

  /** Rows of segment embeddings. */
  float[] segments() {
    return table("embeddings.token_type_embeddings.weight");
  }

  /** Names of what is trained: all but the three tables, of which feedback meets few rows. */
  List<String> trained() {
    return new ArrayList<>(names.keySet());
  }

  float[] values(String name) {
    return weights.values(named(name));
  }

  long[] shape(String name) {
    return weights.shape(named(name));
  }

  /** The file's weights with those that were trained. */
  OnnxWeights with(Map<String, float[]> trained) {
    Map<String, float[]> changed = new HashMap<>();
    trained.forEach((name, values) -> changed.put(named(name), values));
    return weights.with(changed);
  }

  private void norm(String name) {
    add(name + ".weight", prefix + name + ".weight");
    add(name + ".bias", prefix + name + ".bias");
  }

  private void dense(String name) {
    String bias = prefix + name + ".bias";
    String matrix = weights.matrixOf(bias);
    if (matrix == null) {
      throw missing(name + ".weight");
    }
    add(name + ".weight", matrix);
    add(name + ".bias", bias);
  }

  private void add(String name, String inFile) {
    if (!weights.names().contains(inFile)) {
      throw missing(name);
    }
    names.put(name, inFile);
  }

  private float[] table(String name) {
    if (!weights.names().contains(prefix + name)) {
      throw missing(name);
    }
    return weights.values(prefix + name);
  }

  private String named(String name) {
    return Objects.requireNonNull(names.get(name), name);
  }

  private CommandFailure missing(String name) {
    return CommandFailure.failed(file + " is no BERT in float: it has no weight " + name);
  }
}
