package io.realmstream.deploy.cli.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.norm.LayerNorm;
import io.realmstream.model.onnx.TokenSequence;
import io.realmstream.schemas.version.Pooling;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * BERT's forward pass (Devlin et al. 2019) on DJL's arrays, from tokens to one vector a text, so
 * that gradients can be taken. Weights stay in the arrays; {@link #values} reads them back.
 */
final class Bert implements AutoCloseable {
  private static final float NORM_EPSILON = 1e-12f;

  /** Added to the score of a token that only fills a row. */
  private static final float NEVER = -1e9f;

  private final BertWeights weights;
  private final int headSize;
  private final Pooling pooling;
  private final NDManager manager;
  private final Map<String, NDArray> parameters = new LinkedHashMap<>();
  private final float[] words;
  private final float[] positions;
  private final float[] segments;

  /**
   * @param headSize elements of each attention head
   * @param pooling of tokens' states to the text's vector
   * @param manager gets a child that holds the weights
   */
  Bert(BertWeights weights, int headSize, Pooling pooling, NDManager manager) {
    this.weights = weights;
    this.headSize = headSize;
    this.pooling = pooling;
    this.manager = manager.newSubManager();
    this.words = weights.words();
    this.positions = weights.positions();
    this.segments = weights.segments();
    for (String name : weights.trained()) {
      parameters.put(
          name, this.manager.create(weights.values(name), new Shape(weights.shape(name))));
    }
  }

  /** A manager of arrays that are needed for a moment. */
  NDManager newManager() {
    return manager.newSubManager();
  }

  /** What is trained, by name. */
  Map<String, NDArray> parameters() {
    return parameters;
  }

  /** What is trained, as it is now. */
  Map<String, float[]> values() {
    Map<String, float[]> values = new LinkedHashMap<>();
    parameters.forEach((name, array) -> values.put(name, array.toFloatArray()));
    return values;
  }

  /**
   * The pooled states of texts.
   *
   * @param within holds the result
   * @return {@code [texts, hidden]}
   */
  NDArray pooled(List<TokenSequence> texts, NDManager within) {
    int tokens = texts.stream().mapToInt(TokenSequence::length).max().orElseThrow();
    float[] filled = new float[texts.size() * tokens];
    for (int i = 0; i < texts.size(); i++) {
      Arrays.fill(filled, i * tokens, i * tokens + texts.get(i).length(), 1);
    }
    NDArray mask = within.create(filled, new Shape(texts.size(), tokens));
    NDArray scores = mask.sub(1).mul(-NEVER).reshape(texts.size(), 1, 1, tokens);
    NDArray states = norm(embedded(texts, tokens, within), "embeddings.LayerNorm");
    for (int layer = 0; layer < weights.layers(); layer++) {
      states = layer(states, scores, BertWeights.layer(layer));
    }
    return switch (pooling) {
      case CLS -> states.get(new NDIndex(":, 0"));
      case MEAN -> {
        NDArray sums = states.mul(mask.expandDims(2)).sum(new int[] {1});
        yield sums.div(mask.sum(new int[] {1}, true));
      }
    };
  }

  /** The same, of length 1. */
  NDArray vectors(List<TokenSequence> texts, NDManager within) {
    NDArray pooled = pooled(texts, within);
    return pooled.div(pooled.norm(new int[] {1}, true));
  }

  /** Sums of rows of the three tables, {@code [texts, tokens, hidden]}; filling is 0. */
  private NDArray embedded(List<TokenSequence> texts, int tokens, NDManager within) {
    int hidden = weights.hidden();
    float[] sums = new float[texts.size() * tokens * hidden];
    for (int text = 0; text < texts.size(); text++) {
      long[] ids = texts.get(text).ids();
      long[] parts = texts.get(text).segments();
      for (int i = 0; i < ids.length; i++) {
        int to = (text * tokens + i) * hidden;
        int word = Math.toIntExact(ids[i]) * hidden;
        int part = Math.toIntExact(parts[i]) * hidden;
        for (int d = 0; d < hidden; d++) {
          sums[to + d] = words[word + d] + segments[part + d] + positions[i * hidden + d];
        }
      }
    }
    return within.create(sums, new Shape(texts.size(), tokens, hidden));
  }

  private NDArray layer(NDArray states, NDArray scores, String name) {
    String self = name + "attention.self.";
    NDArray query = heads(dense(states, self + "query")).transpose(0, 2, 1, 3);
    NDArray key = heads(dense(states, self + "key")).transpose(0, 2, 3, 1);
    NDArray value = heads(dense(states, self + "value")).transpose(0, 2, 1, 3);
    NDArray attended =
        query.matMul(key).mul(1 / Math.sqrt(headSize)).add(scores).softmax(-1).matMul(value);
    NDArray joined = attended.transpose(0, 2, 1, 3).reshape(states.getShape());
    NDArray after =
        norm(
            dense(joined, name + "attention.output.dense").add(states),
            name + "attention.output.LayerNorm");
    NDArray wide = Activation.gelu(dense(after, name + "intermediate.dense"));
    return norm(dense(wide, name + "output.dense").add(after), name + "output.LayerNorm");
  }

  private NDArray heads(NDArray states) {
    Shape shape = states.getShape();
    return states.reshape(shape.get(0), shape.get(1), shape.get(2) / headSize, headSize);
  }

  private NDArray dense(NDArray input, String name) {
    return input.matMul(parameter(name + ".weight")).add(parameter(name + ".bias"));
  }

  private NDArray norm(NDArray input, String name) {
    NDArray scale = parameter(name + ".weight");
    NDArray shift = parameter(name + ".bias");
    return LayerNorm.layerNorm(input, scale.getShape(), scale, shift, NORM_EPSILON)
        .singletonOrThrow();
  }

  private NDArray parameter(String name) {
    return Objects.requireNonNull(parameters.get(name), name);
  }

  @Override
  public void close() {
    manager.close();
  }
}
