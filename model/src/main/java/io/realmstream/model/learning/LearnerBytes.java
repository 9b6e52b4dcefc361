package io.realmstream.model.learning;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A learner as bytes, so that it goes on bit for bit where it was. All numbers are big-endian:
 *
 * <pre>
 * int          1, the layout
 * int          elements of a vector
 * long         steps that were taken
 * double       logarithm of the score scale
 * twice, of the query head and of the document head:
 *   int        elements of a trunk output
 *   doubles    mean, weights
 * for each {@link LearnedPart}, in their order:
 *   byte       1 = it is learned, 0 = it is frozen; if it is learned:
 *   int        steps of its optimizer
 *   doubles    first moments, second moments
 * </pre>
 */
public final class LearnerBytes {
  private static final int LAYOUT = 1;
  private static final int HEADER_BYTES = 4 * Integer.BYTES + Long.BYTES + Double.BYTES;

  private LearnerBytes() {}

  /** The bytes of a learner: six times 8 bytes a weight if both heads are learned. */
  public static byte[] of(Learner learner) {
    TowerHeads heads = learner.heads();
    ByteBuffer bytes = ByteBuffer.allocate(length(learner));
    bytes.putInt(LAYOUT).putInt(heads.query().dimension());
    bytes.putLong(learner.steps()).putDouble(heads.numbers(LearnedPart.SCALE)[0]);
    for (ProjectionHead head : List.of(heads.query(), heads.document())) {
      bytes.putInt(head.inputs());
      put(head.mean(), bytes);
      put(head.weights(), bytes);
    }
    for (LearnedPart part : LearnedPart.values()) {
      Adam optimizer = learner.optimizers().get(part);
      bytes.put((byte) (optimizer == null ? 0 : 1));
      if (optimizer != null) {
        bytes.putInt(optimizer.steps());
        put(optimizer.first(), bytes);
        put(optimizer.second(), bytes);
      }
    }
    return bytes.array();
  }

  /**
   * The learner that goes on.
   *
   * @throws IllegalArgumentException if the bytes are none
   */
  public static Learner read(byte[] from) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(from);
      if (bytes.getInt() != LAYOUT) {
        throw new IllegalArgumentException("no learner of layout " + LAYOUT);
      }
      return read(bytes, bytes.getInt());
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException("a learner that was cut off", e);
    }
  }

  private static Learner read(ByteBuffer bytes, int dimension) {
    long steps = bytes.getLong();
    double logScale = bytes.getDouble();
    ProjectionHead query = head(bytes, dimension);
    ProjectionHead document = head(bytes, dimension);
    TowerHeads heads = new TowerHeads(query, document, 1);
    heads.numbers(LearnedPart.SCALE)[0] = logScale;
    Map<LearnedPart, Adam> optimizers = new EnumMap<>(LearnedPart.class);
    for (LearnedPart part : LearnedPart.values()) {
      if (bytes.get() == 1) {
        int optimizerSteps = bytes.getInt();
        int numbers = heads.numbers(part).length;
        double[] first = doubles(bytes, numbers);
        double[] second = doubles(bytes, numbers);
        optimizers.put(part, new Adam(first, second, optimizerSteps));
      }
    }
    return new Learner(heads, optimizers, steps);
  }

  private static int length(Learner learner) {
    TowerHeads heads = learner.heads();
    long numbers = 0;
    for (ProjectionHead head : List.of(heads.query(), heads.document())) {
      numbers += head.inputs() + head.weights().length;
    }
    long bytes = HEADER_BYTES + (long) LearnedPart.values().length;
    for (LearnedPart part : learner.optimizers().keySet()) {
      numbers += 2L * heads.numbers(part).length;
      bytes += Integer.BYTES;
    }
    return Math.toIntExact(bytes + Double.BYTES * numbers);
  }

  private static ProjectionHead head(ByteBuffer bytes, int dimension) {
    int inputs = bytes.getInt();
    double[] mean = doubles(bytes, inputs);
    return new ProjectionHead(mean, doubles(bytes, inputs * dimension), dimension);
  }

  private static void put(double[] numbers, ByteBuffer to) {
    for (double number : numbers) {
      to.putDouble(number);
    }
  }

  private static double[] doubles(ByteBuffer bytes, int count) {
    double[] numbers = new double[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = bytes.getDouble();
    }
    return numbers;
  }
}
