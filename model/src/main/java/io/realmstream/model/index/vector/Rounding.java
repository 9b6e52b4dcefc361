package io.realmstream.model.index.vector;

/**
 * Rounding away from zero, for bounds that must hold in floating point too.
 *
 * <p>u = 2^-53 is the largest relative error of one double operation. Products and squares of
 * float32 values neither overflow nor underflow a double, so relative errors are all there is.
 */
public final class Rounding {
  /** More than any dozen of double operations can lose: 1 + 32 u. */
  static final double OUTWARD = 1 + 0x1p-48;

  private Rounding() {}

  /**
   * At least the root of the exact sum of {@code terms} squares, each rounded up to three times
   * before it was added: the computed sum is below the exact one by a factor of at most 1 + (terms
   * + 4) u.
   */
  static double rootOfSumUp(double sumOfSquares, int terms) {
    return Math.sqrt(sumOfSquares * (1 + (terms + 8) * 0x1p-52)) * OUTWARD;
  }

  /**
   * Not above {@code minuend - subtrahend}, by so much that no rounded sum of what is below it and
   * at most the subtrahend reaches the minuend.
   *
   * @param subtrahend not negative
   */
  public static double differenceDown(double minuend, double subtrahend) {
    return minuend - subtrahend - 0x1p-50 * (Math.abs(minuend) + subtrahend);
  }

  /** The smallest float32 that is not below the value. */
  static float upToFloat(double value) {
    float nearest = (float) value;
    return nearest < value ? Math.nextUp(nearest) : nearest;
  }
}
