package io.realmstream.model.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.realmstream.model.checkpoint.CheckpointException;
import io.realmstream.model.checkpoint.PartCache;
import io.realmstream.schemas.version.Part;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * A loaded ONNX model. Many threads may run it, each run on the thread that calls; closing waits
 * for those that run, since the native side would not.
 */
final class OnnxSession implements AutoCloseable {
  /**
   * ONNX Runtime walks the graph by recursion when it loads it: for twelve layers that is more than
   * the 1 MiB of an ordinary Java thread's stack, and the process would end without a word.
   */
  private static final long LOADING_STACK_BYTES = 64L << 20;

  private final String name;
  private final OrtSession session;
  private final Map<String, NodeInfo> inputs;
  private final Map<String, NodeInfo> outputs;
  private final ReadWriteLock openness = new ReentrantReadWriteLock();
  private boolean closed;

  private OnnxSession(String name, OrtSession session) throws OrtException {
    this.name = name;
    this.session = session;
    this.inputs = new TreeMap<>(session.getInputInfo());
    this.outputs = new TreeMap<>(session.getOutputInfo());
  }

  static OnnxSession open(Part part, PartCache cache) throws CheckpointException {
    Path file = cache.fetch(part);
    try (OrtSession.SessionOptions options = options()) {
      return load(() -> new OnnxSession(part.uri(), session(file, options)));
    } catch (OrtException e) {
      throw new CheckpointException(
          part.uri() + ": not a model that ONNX Runtime can load: " + reason(e), e);
    }
  }

  private static OrtSession session(Path file, OrtSession.SessionOptions options)
      throws OrtException {
    return environment().createSession(file.toString(), options);
  }

  // Waits without heed to interrupts, or the session would be lost; it takes a second
  static OnnxSession load(Callable<OnnxSession> loading) throws OrtException {
    FutureTask<OnnxSession> task = new FutureTask<>(loading);
    new Thread(null, task, "load-onnx", LOADING_STACK_BYTES).start();
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return task.get();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof OrtException cause) {
        throw cause;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException("loading a model failed", e.getCause());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * One thread a run and no spinning: parallelism comes from several texts at once, and a text's
   * result must not depend on what else runs. Memory patterns would be kept for every input length
   * ever seen. x64quantprecision: on a CPU with AVX2 but without VNNI the faster int8 products
   * saturate at 16 bits, which moves a reader's logits by 1 where weights use all 8 bits. Errors
   * come as exceptions, so the native log need not repeat them.
   */
  private static OrtSession.SessionOptions options() throws OrtException {
    OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    options.setIntraOpNumThreads(1);
    options.setInterOpNumThreads(1);
    options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
    options.setMemoryPatternOptimization(false);
    options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
    options.addConfigEntry("session.intra_op.allow_spinning", "0");
    options.addConfigEntry("session.x64quantprecision", "1");
    options.addConfigEntry("session.inter_op.allow_spinning", "0");
    return options;
  }

  Set<String> inputs() {
    return inputs.keySet();
  }

  boolean hasInput(String input, OnnxJavaType type, int rank) {
    return is(inputs.get(input), type, rank);
  }

  /** The outputs of float elements and that rank. */
  List<String> outputs(int rank) {
    return outputs.keySet().stream()
        .filter(output -> is(outputs.get(output), OnnxJavaType.FLOAT, rank))
        .toList();
  }

  /** What to throw when the model is not of the shape that its use needs. */
  CheckpointException mismatch(String need) {
    return new CheckpointException(
        "%s: %s; it has inputs %s and outputs %s"
            .formatted(name, need, describe(inputs), describe(outputs)));
  }

  /** A tensor of shape {@code [1, values.length]}. */
  static OnnxTensor tensor(long[] values) throws OrtException {
    return OnnxTensor.createTensor(environment(), LongBuffer.wrap(values), shape(values.length));
  }

  /** A tensor of shape {@code [values.length]}. */
  static OnnxTensor list(long[] values) throws OrtException {
    return OnnxTensor.createTensor(
        environment(), LongBuffer.wrap(values), new long[] {values.length});
  }

  /** A tensor of shape {@code [1, values.length]}. */
  static OnnxTensor tensor(float[] values) throws OrtException {
    return OnnxTensor.createTensor(environment(), FloatBuffer.wrap(values), shape(values.length));
  }

  /**
   * Runs the model.
   *
   * @return each wanted output's elements, all finite, in the order of {@code wanted}
   */
  float[][] run(Map<String, OnnxTensor> tensors, List<String> wanted) throws InferenceException {
    openness.readLock().lock();
    try {
      if (closed) {
        throw new IllegalStateException(name + " is closed");
      }
      try (OrtSession.Result result = session.run(tensors, Set.copyOf(wanted))) {
        float[][] elements = new float[wanted.size()][];
        for (int i = 0; i < elements.length; i++) {
          elements[i] = finite(result, wanted.get(i));
        }
        return elements;
      }
    } catch (OrtException e) {
      throw new InferenceException(name + ": " + reason(e), e);
    } finally {
      openness.readLock().unlock();
    }
  }

  private float[] finite(OrtSession.Result result, String output) throws InferenceException {
    OnnxTensor tensor = (OnnxTensor) result.get(output).orElseThrow();
    float[] elements = tensor.getFloatBuffer().array();
    for (float element : elements) {
      if (!Float.isFinite(element)) {
        throw new InferenceException(name + ": a NaN or an infinity in output " + output);
      }
    }
    return elements;
  }

  @Override
  public void close() {
    openness.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        session.close();
      }
    } catch (OrtException e) {
      throw new IllegalStateException(name + " does not close", e);
    } finally {
      openness.writeLock().unlock();
    }
  }

  private static OrtEnvironment environment() {
    return OrtEnvironment.getEnvironment();
  }

  private static long[] shape(int length) {
    return new long[] {1, length};
  }

  private static boolean is(@Nullable NodeInfo node, OnnxJavaType type, int rank) {
    return node != null
        && node.getInfo() instanceof TensorInfo tensor
        && tensor.type == type
        && tensor.getShape().length == rank;
  }

  private static String describe(Map<String, NodeInfo> nodes) {
    return nodes.values().stream()
        .map(
            node ->
                node.getInfo() instanceof TensorInfo tensor
                    ? node.getName() + " " + tensor.type + Arrays.toString(tensor.getShape())
                    : node.getName() + " (not a tensor)")
        .toList()
        .toString();
  }

  /** What the native side says, in one line. */
  static String reason(OrtException e) {
    return String.valueOf(e.getMessage()).strip().replaceAll("\\s+", " ");
  }
}
