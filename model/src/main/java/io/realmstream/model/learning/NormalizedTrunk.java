package io.realmstream.model.learning;

/** A trunk output at length 1: what heads and statistics are made of. */
public final class NormalizedTrunk {
  private NormalizedTrunk() {}

  /**
   * The output scaled to length 1.
   *
   * @throws IllegalArgumentException if it is zero, or an element is not finite
   */
  public static double[] of(float[] trunk) {
    double[] normalized = new double[trunk.length];
    for (int i = 0; i < trunk.length; i++) {
      normalized[i] = trunk[i];
    }
    double length = Math.sqrt(Dense.dot(normalized, normalized));
    if (length == 0 || !Double.isFinite(length)) {
      throw new IllegalArgumentException("a trunk output of length " + length);
    }
    for (int i = 0; i < trunk.length; i++) {
      normalized[i] /= length;
    }
    return normalized;
  }
}
