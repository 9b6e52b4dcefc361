package io.realmstream.model.learning.spectral;

import io.realmstream.model.learning.NormalizedTrunk;

/**
 * Count, sum and sum of outer products of normalized trunk outputs. Passages come and go in any
 * order: the sums are whole numbers, so equal sets of passages give equal bits.
 *
 * <p>An element is a multiple of 2^-18, at most 1. A product is then at most 2^36 in units of
 * 2^-36, and fewer than 2^27 of them fit into a long. A sum uses 27 + 18 bits.
 */
public final class TrunkStatistics {
  /** Most passages, so that no sum can overflow: 134 million. */
  public static final long COUNT_MAX = (1L << 27) - 1;

  /** If a corpus has moved less, its projection is still good enough. */
  static final double DRIFT_MIN = 0.05;

  private static final double UNIT = 1 << 18;

  private final int dimension;
  private final long[] sums;

  /** The lower triangle, row after row. */
  private final long[] products;

  private long count;

  /** Of no passage yet. */
  public TrunkStatistics(int dimension) {
    this.dimension = dimension;
    sums = new long[dimension];
    products = new long[dimension * (dimension + 1) / 2];
  }

  /**
   * Adds a passage.
   *
   * @throws IllegalArgumentException if the output has another dimension or no direction
   * @throws ArithmeticException beyond {@link #COUNT_MAX}
   */
  public void add(float[] trunk) {
    change(trunk, 1);
  }

  /** Takes a passage out that was added before: the same output, bit for bit. */
  public void remove(float[] trunk) {
    change(trunk, -1);
  }

  /** Adds all passages of another shard. */
  public void addAll(TrunkStatistics shard) {
    if (shard.dimension != dimension) {
      throw new IllegalArgumentException(
          "statistics of %d elements, not %d".formatted(shard.dimension, dimension));
    }
    count(shard.count);
    for (int i = 0; i < sums.length; i++) {
      sums[i] += shard.sums[i];
    }
    for (int i = 0; i < products.length; i++) {
      products[i] += shard.products[i];
    }
  }

  /** How many passages are in. */
  public long count() {
    return count;
  }

  public int dimension() {
    return dimension;
  }

  /** Mean of the normalized outputs; zeros without a passage. */
  public double[] mean() {
    double[] mean = new double[dimension];
    for (int i = 0; i < dimension && count > 0; i++) {
      mean[i] = sums[i] / UNIT / count;
    }
    return mean;
  }

  /** Covariance of the normalized outputs, symmetric; zeros without a passage. */
  public double[][] covariance() {
    double[] mean = mean();
    double[][] covariance = new double[dimension][dimension];
    for (int i = 0; i < dimension && count > 0; i++) {
      for (int j = 0; j <= i; j++) {
        double product = products[place(i, j)] / (UNIT * UNIT) / count;
        covariance[i][j] = product - mean[i] * mean[j];
        covariance[j][i] = covariance[i][j];
      }
    }
    return covariance;
  }

  /** Whether the corpus has moved far enough for another projection to be proposed. */
  public boolean hasMovedFrom(TrunkStatistics before) {
    return driftFrom(before) > DRIFT_MIN;
  }

  /**
   * How far the corpus has moved: the larger of the mean's way over the spread, and the
   * covariance's way over its size (Frobenius).
   *
   * @return 0 = not at all; infinity if there was no spread before
   */
  public double driftFrom(TrunkStatistics before) {
    double[][] then = before.covariance();
    double[][] now = covariance();
    double[] meanThen = before.mean();
    double[] meanNow = mean();
    double spread = 0;
    double size = 0;
    double meanWay = 0;
    double way = 0;
    for (int i = 0; i < dimension; i++) {
      spread += then[i][i];
      meanWay += square(meanNow[i] - meanThen[i]);
      for (int j = 0; j < dimension; j++) {
        size += square(then[i][j]);
        way += square(now[i][j] - then[i][j]);
      }
    }
    if (meanWay == 0 && way == 0) {
      return 0;
    }
    return spread == 0
        ? Double.POSITIVE_INFINITY
        : Math.sqrt(Math.max(meanWay / spread, way / size));
  }

  /** Another of equal numbers. */
  public TrunkStatistics copy() {
    TrunkStatistics copy = new TrunkStatistics(dimension);
    copy.addAll(this);
    return copy;
  }

  private void change(float[] trunk, int by) {
    if (trunk.length != dimension) {
      throw new IllegalArgumentException(
          "a trunk output of %d elements, not %d".formatted(trunk.length, dimension));
    }
    double[] normalized = NormalizedTrunk.of(trunk);
    count(by);
    long[] fixed = new long[dimension];
    for (int i = 0; i < dimension; i++) {
      fixed[i] = Math.round(normalized[i] * UNIT);
    }
    for (int i = 0; i < dimension; i++) {
      long factor = by * fixed[i];
      sums[i] += factor;
      int row = place(i, 0);
      for (int j = 0; j <= i; j++) {
        products[row + j] += factor * fixed[j];
      }
    }
  }

  private void count(long by) {
    long next = count + by;
    if (next < 0 || next > COUNT_MAX) {
      throw new ArithmeticException(
          "statistics of %d passages; possible are 0 to %d".formatted(next, COUNT_MAX));
    }
    count = next;
  }

  private static int place(int row, int column) {
    return row * (row + 1) / 2 + column;
  }

  private static double square(double value) {
    return value * value;
  }
}
