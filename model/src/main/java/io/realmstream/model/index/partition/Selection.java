package io.realmstream.model.index.partition;

import java.util.Arrays;

/** The cells with the highest of the scores offered, ties by smaller number. */
final class Selection {
  /** Of one score alone much is chance; of more, some would not be among the best. */
  private static final int FIRST = 5;

  private final int wanted;

  /** Score and cell in one number each, whose order is that of the ranks. */
  private final long[] ranks;

  private int size;
  private long bound = Long.MAX_VALUE;

  Selection(int wanted) {
    this.wanted = wanted;
    ranks = new long[2 * wanted];
  }

  void offer(int cell, float score) {
    long rank = ((long) ~ordered(score) << Integer.SIZE) | cell;
    if (rank < bound) {
      ranks[size++] = rank;
      if (size == ranks.length) {
        Arrays.sort(ranks);
        size = wanted;
        bound = ranks[wanted - 1];
      }
    }
  }

  /** As many as were wanted, or as were offered, best first. */
  int[] best() {
    Arrays.sort(ranks, 0, size);
    int[] cells = new int[Math.min(size, wanted)];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = (int) ranks[i];
    }
    return cells;
  }

  /** How far the score of each of the best lies below the mean of the first {@value #FIRST}. */
  double[] behind() {
    int length = best().length;
    double first = 0;
    for (int i = 0; i < Math.min(length, FIRST); i++) {
      first += score(i) / Math.min(length, FIRST);
    }
    double[] behind = new double[length];
    for (int i = 0; i < length; i++) {
      behind[i] = first - score(i);
    }
    return behind;
  }

  private double score(int i) {
    return Float.intBitsToFloat(reordered(~(int) (ranks[i] >> Integer.SIZE)));
  }

  /** Bits that compare, as a signed int, like the float that they stand for. */
  private static int ordered(float value) {
    return reordered(Float.floatToIntBits(value + 0f)); // -0 becomes 0
  }

  /** There and back. */
  private static int reordered(int bits) {
    return bits ^ ((bits >> 31) & Integer.MAX_VALUE);
  }
}
