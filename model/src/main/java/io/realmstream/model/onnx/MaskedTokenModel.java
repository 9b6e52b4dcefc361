package io.realmstream.model.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import io.realmstream.model.checkpoint.CheckpointException;
import io.realmstream.model.checkpoint.PartCache;
import io.realmstream.schemas.version.Part;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A transformer with a masked-language-model head: a packed sequence in, logits over the vocabulary
 * out, for each masked token. A model that takes the positions of the masks computes no others; of
 * one that does not, the others are thrown away. Safe for use by many threads.
 */
public final class MaskedTokenModel implements AutoCloseable {
  private static final String POSITIONS = "mask_positions";

  private final OnnxSession session;
  private final boolean takesPositions;
  private final List<String> outputs;

  private MaskedTokenModel(OnnxSession session, boolean takesPositions) {
    this.session = session;
    this.takesPositions = takesPositions;
    this.outputs = session.outputs(takesPositions ? 2 : 3);
  }

  /**
   * Opens a model with one float output: {@code [masks, vocabulary]} when it has an input {@code
   * mask_positions}, else {@code [1, tokens, vocabulary]}.
   */
  public static MaskedTokenModel open(Part part, PartCache cache) throws CheckpointException {
    OnnxSession session = OnnxSession.open(part, cache);
    boolean takesPositions = session.hasInput(POSITIONS, OnnxJavaType.INT64, 1);
    Set<String> tokens = new HashSet<>(session.inputs());
    if (takesPositions) {
      tokens.remove(POSITIONS);
    }
    boolean fits =
        tokens.contains(TokenModel.IDS)
            && TokenModel.takesTokens(session, tokens)
            && session.outputs(takesPositions ? 2 : 3).size() == 1;
    if (!fits) {
      session.close();
      throw session.mismatch(
          "needs int64 inputs of tokens, mask_positions of rank 1 if at all, and one float output"
              + " of rank 2 (masks, vocabulary) with mask_positions, else of rank 3 (batch, tokens,"
              + " vocabulary)");
    }
    return new MaskedTokenModel(session, takesPositions);
  }

  /**
   * Runs one sequence.
   *
   * @param positions of the masks in it
   * @return logits {@code [masks][vocabulary]}, all finite
   */
  public float[][] run(TokenSequence sequence, long[] positions) throws InferenceException {
    try (OnnxTensor positionTensor = OnnxSession.list(positions)) {
      float[] rows =
          TokenModel.run(session, sequence, Map.of(POSITIONS, positionTensor), outputs)[0];
      int count = takesPositions ? positions.length : sequence.length();
      int vocabulary = rows.length / count;
      float[][] logits = new float[positions.length][];
      for (int i = 0; i < logits.length; i++) {
        int row = takesPositions ? i : Math.toIntExact(positions[i]);
        logits[i] = Arrays.copyOfRange(rows, row * vocabulary, (row + 1) * vocabulary);
      }
      return logits;
    } catch (OrtException e) {
      throw new InferenceException(OnnxSession.reason(e), e);
    }
  }

  @Override
  public void close() {
    session.close();
  }
}
