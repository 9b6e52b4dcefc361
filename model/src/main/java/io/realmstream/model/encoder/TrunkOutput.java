package io.realmstream.model.encoder;

import java.util.Arrays;

/**
 * What a text is before the projection: from here on no transformer is needed.
 *
 * @param pooled finite elements, as many as the trunk has dimensions
 * @param truncated whether the text was longer than the tower's limit
 * @param platform the number of the {@link io.realmstream.model.onnx.Platform} that computed it; 0
 *     = not known
 */
public record TrunkOutput(float[] pooled, boolean truncated, int platform) {
  /**
   * How far apart two platforms' outputs of one text may be, as a part of the longer one's length:
   * of equal lengths a cosine of .97 or more.
   *
   * <p>Platforms add floats in another order, which moves a last bit. Integer products are exact on
   * all of them (see the options of the ONNX session), but a last bit decides now and then to which
   * of 256 steps an activation is rounded, and a step moves all that follows. The bound is three
   * times the most that was measured between two sets of instructions, and far below the distance
   * of two passages; deploy/bench/RESULTS.md has both.
   */
  static final double DISTANCE_MAX = 0.25;

  /**
   * Whether both can be right for one text: on one platform only equal bits can, otherwise, or if a
   * platform is not known, what is near enough.
   */
  public boolean agreesWith(TrunkOutput other) {
    if (platform == other.platform && platform != 0) {
      return Arrays.equals(pooled, other.pooled);
    }
    if (pooled.length != other.pooled.length) {
      return false;
    }
    double distance = relativeDistance(pooled, other.pooled);
    return distance <= DISTANCE_MAX; // false for NaN
  }

  /** The distance of two outputs as a part of the longer one's length; NaN of two zeros. */
  static double relativeDistance(float[] a, float[] b) {
    float[] zero = new float[a.length];
    return distance(a, b) / Math.max(distance(a, zero), distance(b, zero));
  }

  private static double distance(float[] a, float[] b) {
    double squares = 0;
    for (int i = 0; i < a.length; i++) {
      double difference = (double) a[i] - b[i];
      squares += difference * difference;
    }
    return Math.sqrt(squares);
  }
}
