package io.realmstream.model.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import io.realmstream.model.checkpoint.CheckpointException;
import io.realmstream.model.checkpoint.PartCache;
import io.realmstream.schemas.version.Part;
import java.util.List;
import java.util.Map;

/**
 * A model from one vector to one vector, both {@code [1, dimension]}: a projection head. Safe for
 * use by many threads.
 */
public final class VectorModel implements AutoCloseable {
  private final OnnxSession session;
  private final String input;
  private final List<String> outputs;

  private VectorModel(OnnxSession session) {
    this.session = session;
    this.input = session.inputs().iterator().next();
    this.outputs = session.outputs(2);
  }

  /** Opens a model with one float input and one float output, both of rank 2. */
  public static VectorModel open(Part part, PartCache cache) throws CheckpointException {
    OnnxSession session = OnnxSession.open(part, cache);
    boolean fits =
        session.inputs().size() == 1
            && session.hasInput(session.inputs().iterator().next(), OnnxJavaType.FLOAT, 2)
            && session.outputs(2).size() == 1;
    if (!fits) {
      session.close();
      throw session.mismatch("needs one float input and one float output of rank 2 (batch, dim)");
    }
    return new VectorModel(session);
  }

  /** Runs one vector; the result is finite. */
  public float[] run(float[] vector) throws InferenceException {
    try (OnnxTensor tensor = OnnxSession.tensor(vector)) {
      return session.run(Map.of(input, tensor), outputs)[0];
    } catch (OrtException e) {
      throw new InferenceException(OnnxSession.reason(e), e);
    }
  }

  @Override
  public void close() {
    session.close();
  }
}
