package io.realmstream.deploy.cli.train;

import ai.djl.ndarray.NDManager;
import io.realmstream.deploy.cli.CommandFailure;
import io.realmstream.model.encoder.EmbeddingException;
import io.realmstream.model.encoder.Encoder;
import io.realmstream.model.onnx.TokenSequence;
import io.realmstream.schemas.version.Pooling;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Opens a BERT so that it computes what ONNX Runtime does with the same file. The weights do not
 * tell how many attention heads there are: the first number is taken whose outputs agree.
 */
final class BertFit {
  /** Largest difference of an element of the pooled output. */
  static final double DIFFERENCE_MAX = 1e-4;

  private static final List<Integer> USUAL_HEADS = List.of(64, 32);

  private final BertWeights weights;
  private final Pooling pooling;
  private final NDManager manager;

  BertFit(BertWeights weights, Pooling pooling, NDManager manager) {
    this.weights = weights;
    this.pooling = pooling;
    this.manager = manager;
  }

  /**
   * The BERT.
   *
   * @param runtime both towers' encoders over the same file
   * @param text some sentences that both are tried on
   * @throws CommandFailure if no number of heads gives the same outputs
   */
  Bert open(List<Encoder> runtime, String text) {
    double least = Double.POSITIVE_INFINITY;
    for (int size : sizes()) {
      Bert bert = new Bert(weights, size, pooling, manager);
      double difference = 0;
      for (Encoder encoder : runtime) {
        difference = Math.max(difference, difference(bert, encoder, text));
      }
      if (difference <= DIFFERENCE_MAX) {
        return bert;
      }
      bert.close();
      least = Math.min(least, difference);
    }
    throw CommandFailure.failed(
        "the trunk is no BERT as it is trained here: outputs differ from ONNX Runtime's by "
            + least);
  }

  /** Largest difference of the pooled outputs, for a passage and a question. */
  static double difference(Bert bert, Encoder runtime, String text) {
    try {
      return Math.max(
          difference(
              bert,
              runtime.tokensOfPassage(text, text),
              runtime.trunkOfPassage(text, text).pooled()),
          difference(bert, runtime.tokensOfQuery(text), runtime.trunkOfQuery(text).pooled()));
    } catch (EmbeddingException e) {
      throw CommandFailure.failed("the trunk does not run: " + e.getMessage());
    }
  }

  private static double difference(Bert bert, TokenSequence tokens, float[] expected) {
    try (NDManager within = bert.newManager()) {
      float[] pooled = bert.pooled(List.of(tokens), within).toFloatArray();
      return IntStream.range(0, expected.length)
          .mapToDouble(i -> Math.abs(pooled[i] - expected[i]))
          .max()
          .orElse(0);
    }
  }

  private int[] sizes() {
    int hidden = weights.hidden();
    return Stream.concat(USUAL_HEADS.stream(), IntStream.rangeClosed(1, hidden).boxed())
        .mapToInt(Integer::intValue)
        .filter(size -> hidden % size == 0)
        .distinct()
        .toArray();
  }
}
