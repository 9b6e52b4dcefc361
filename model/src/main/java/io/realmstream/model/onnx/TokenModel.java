package io.realmstream.model.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import io.realmstream.model.checkpoint.CheckpointException;
import io.realmstream.model.checkpoint.PartCache;
import io.realmstream.schemas.version.Part;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A transformer: one packed sequence of tokens in (batch 1, no padding), float outputs of one row a
 * token. Batch 1 because int8 activations are quantized per tensor: in a batch, a text's result
 * would depend on its neighbours. Safe for use by many threads.
 */
public final class TokenModel implements AutoCloseable {
  static final String IDS = "input_ids";
  private static final String MASK = "attention_mask";
  private static final String SEGMENTS = "token_type_ids";
  private static final Set<String> INPUTS = Set.of(IDS, MASK, SEGMENTS);

  private final OnnxSession session;
  private final List<String> outputs;

  private TokenModel(OnnxSession session, List<String> outputs) {
    this.session = session;
    this.outputs = outputs;
  }

  /** Opens an encoder's trunk: a model with one float output of {@code [1, tokens, dimension]}. */
  public static TokenModel trunk(Part part, PartCache cache) throws CheckpointException {
    OnnxSession session = OnnxSession.open(part, cache);
    List<String> outputs = session.outputs(3);
    if (!takesTokens(session) || outputs.size() != 1) {
      throw refuse(session, "one float output of rank 3 (batch, tokens, dimension)");
    }
    return new TokenModel(session, outputs);
  }

  /** Opens a reader: a model with float outputs of those names, each {@code [1, tokens]}. */
  public static TokenModel scorer(Part part, PartCache cache, List<String> outputs)
      throws CheckpointException {
    OnnxSession session = OnnxSession.open(part, cache);
    if (!takesTokens(session) || !session.outputs(2).containsAll(outputs)) {
      throw refuse(session, "float outputs " + outputs + " of rank 2 (batch, tokens)");
    }
    return new TokenModel(session, outputs);
  }

  /** Models without segments, or that need no mask, do exist; one without ids does not. */
  private static boolean takesTokens(OnnxSession session) {
    return session.inputs().contains(IDS) && takesTokens(session, session.inputs());
  }

  /** Whether each of those inputs is one of tokens. */
  static boolean takesTokens(OnnxSession session, Set<String> inputs) {
    return INPUTS.containsAll(inputs)
        && inputs.stream().allMatch(input -> session.hasInput(input, OnnxJavaType.INT64, 2));
  }

  private static CheckpointException refuse(OnnxSession session, String outputs) {
    session.close();
    return session.mismatch(
        "needs int64 inputs %s, %s, %s of rank 2 (batch, tokens) and %s"
            .formatted(IDS, MASK, SEGMENTS, outputs));
  }

  /**
   * Runs one sequence; a model without an input for the segments does without.
   *
   * @return each output's elements, row after row, one row a token; all finite
   */
  public float[][] run(TokenSequence sequence) throws InferenceException {
    return run(session, sequence, Map.of(), outputs);
  }

  /** Runs one sequence, with inputs that are not of tokens besides. */
  static float[][] run(
      OnnxSession session,
      TokenSequence sequence,
      Map<String, OnnxTensor> others,
      List<String> outputs)
      throws InferenceException {
    long[] mask = new long[sequence.length()];
    Arrays.fill(mask, 1);
    try (OnnxTensor idTensor = OnnxSession.tensor(sequence.ids());
        OnnxTensor maskTensor = OnnxSession.tensor(mask);
        OnnxTensor segmentTensor = OnnxSession.tensor(sequence.segments())) {
      Map<String, OnnxTensor> inputs =
          new HashMap<>(Map.of(IDS, idTensor, MASK, maskTensor, SEGMENTS, segmentTensor));
      inputs.putAll(others);
      inputs.keySet().retainAll(session.inputs());
      return session.run(inputs, outputs);
    } catch (OrtException e) {
      throw new InferenceException(OnnxSession.reason(e), e);
    }
  }

  @Override
  public void close() {
    session.close();
  }
}
