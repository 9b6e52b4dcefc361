package io.realmstream.model.index.vector;

/**
 * A float32 vector x in int8: x^ = alpha * codes, with what bounds the difference.
 *
 * <p>Symmetric, one scale a vector: alpha = max |x| / 127 in float32, codes = x / alpha rounded and
 * kept within [-127, 127]. The zero vector has alpha 0, and so has one too small for a float32
 * alpha: its error is then its whole norm, and everything below stays true.
 *
 * @param codes one a dimension
 * @param error at least ||x - x^||
 * @param norm at least ||x^||; infinite where that is beyond float32
 */
public record Int8Code(byte[] codes, float alpha, float error, float norm) {
  private static final int CODE_MAX = 127;

  /**
   * Codes a vector.
   *
   * @throws IllegalArgumentException when an entry is NaN or infinite
   */
  public static Int8Code of(float[] vector) {
    float alpha = largest(vector) / CODE_MAX;
    byte[] codes = new byte[vector.length];
    double errorSquared = 0;
    double normSquared = 0;
    for (int i = 0; i < vector.length; i++) {
      codes[i] = alpha == 0 ? 0 : code(vector[i], alpha);
      // exact: 24 bits of alpha times 7 bits of code
      double approximation = (double) alpha * codes[i];
      double difference = vector[i] - approximation;
      errorSquared += difference * difference;
      normSquared += approximation * approximation;
    }
    float error = Rounding.upToFloat(Rounding.rootOfSumUp(errorSquared, vector.length));
    float norm = Rounding.upToFloat(Rounding.rootOfSumUp(normSquared, vector.length));
    return new Int8Code(codes, alpha, error, norm);
  }

  /** The zero vector, where there is none. */
  public static Int8Code zero(int dimension) {
    return new Int8Code(new byte[dimension], 0, 0, 0);
  }

  /** One entry of x^. */
  public double entry(int i) {
    return (double) alpha * codes[i];
  }

  /** The codes as the kernel takes those of a query. */
  public short[] widened() {
    short[] widened = new short[codes.length];
    for (int i = 0; i < codes.length; i++) {
      widened[i] = codes[i];
    }
    return widened;
  }

  private static float largest(float[] vector) {
    float largest = 0;
    for (int i = 0; i < vector.length; i++) {
      if (!Float.isFinite(vector[i])) {
        throw new IllegalArgumentException("entry " + i + " of the vector is " + vector[i]);
      }
      largest = Math.max(largest, Math.abs(vector[i]));
    }
    return largest;
  }

  private static byte code(float x, float alpha) {
    double code = Math.rint((double) x / alpha);
    return (byte) Math.max(-CODE_MAX, Math.min(CODE_MAX, code));
  }
}
