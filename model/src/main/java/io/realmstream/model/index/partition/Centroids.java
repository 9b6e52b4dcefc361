package io.realmstream.model.index.partition;

import io.realmstream.model.index.InnerProduct;
import io.realmstream.model.index.Int8Code;
import io.realmstream.model.index.kernel.Kernel;
import io.realmstream.model.index.kernel.Rows;
import java.util.Arrays;
import java.util.List;

/**
 * The middles of a partition's cells.
 *
 * <p>Vectors are compared with them in int8, as they are with each other: which of two cells is
 * nearer is a guess at what lies there anyway, and the codes take a fifth of the time. Their dot
 * products are exact integers and what follows is done in double in a fixed order, so all processes
 * agree on the cell of a vector, whatever kernel they run. Immutable, thread-safe.
 */
public final class Centroids {
  private final int dimension;
  private final int count;

  /** One centroid after the other. */
  private final float[] rows;

  private final Rows codes;
  private final float[] alphas;

  /** -|c|^2 / 2 of each centroid: added to x.c it orders centroids as the distance to x does. */
  private final double[] offsets;

  /**
   * @param rows one centroid after the other, {@code dimension} entries each; not copied
   * @throws IllegalArgumentException when that is none, or no whole number of them, or when an
   *     entry is NaN or infinite
   */
  public Centroids(float[] rows, int dimension) {
    if (dimension < 1 || rows.length == 0 || rows.length % dimension != 0) {
      throw new IllegalArgumentException(
          "%d numbers are no centroids of dimension %d".formatted(rows.length, dimension));
    }
    this.rows = rows;
    this.dimension = dimension;
    count = rows.length / dimension;
    codes = new Rows(new byte[rows.length], 0, count);
    alphas = new float[count];
    offsets = new double[count];
    for (int j = 0; j < count; j++) {
      float[] row = row(j);
      Int8Code code = Int8Code.of(row);
      System.arraycopy(code.codes(), 0, codes.block(), j * dimension, dimension);
      alphas[j] = code.alpha();
      offsets[j] = -InnerProduct.of(row, row) / 2;
    }
  }

  /** How many cells there are. */
  public int count() {
    return count;
  }

  public int dimension() {
    return dimension;
  }

  /** One centroid after the other. */
  public float[] rows() {
    return rows.clone();
  }

  float[] row(int cell) {
    return Arrays.copyOfRange(rows, cell * dimension, (cell + 1) * dimension);
  }

  /**
   * The cell of a vector: the one whose centroid is nearest, the smallest number of several.
   *
   * @throws IllegalArgumentException for a vector of another dimension, or an entry that is NaN or
   *     infinite
   */
  public int cellOf(float[] vector) {
    Int8Code code = coded(vector);
    int[] dots = new int[count];
    Kernel.chosen().dots(code.widened(), codes, dots);
    return nearest(code.alpha(), dots);
  }

  /** The cells of many vectors, four at a time. */
  int[] cellsOf(List<float[]> vectors) {
    int[] cells = new int[vectors.size()];
    short[][] four = new short[Kernel.FOUR][];
    float[] alphasOfFour = new float[Kernel.FOUR];
    int[][] dots = new int[Kernel.FOUR][count];
    for (int first = 0; first < cells.length; first += Kernel.FOUR) {
      int last = Math.min(cells.length, first + Kernel.FOUR);
      for (int i = 0; i < Kernel.FOUR; i++) {
        Int8Code code = coded(vectors.get(Math.min(first + i, last - 1)));
        four[i] = code.widened();
        alphasOfFour[i] = code.alpha();
      }
      Kernel.chosen().dots(four, codes, dots);
      for (int i = first; i < last; i++) {
        cells[i] = nearest(alphasOfFour[i - first], dots[i - first]);
      }
    }
    return cells;
  }

  private int nearest(float alpha, int[] dots) {
    int nearest = 0;
    double most = Double.NEGATIVE_INFINITY;
    for (int j = 0; j < count; j++) {
      double score = (double) alpha * alphas[j] * dots[j] + offsets[j];
      if (score > most) {
        most = score;
        nearest = j;
      }
    }
    return nearest;
  }

  /**
   * The cells that promise most for a query, best first: by q.c descending, ties by smaller number.
   *
   * @param most how many at most; all when there are fewer
   * @throws IllegalArgumentException for a query of another dimension, an entry that is NaN or
   *     infinite, or {@code most} below 1
   */
  public int[] ranked(float[] query, int most) {
    if (most < 1) {
      throw new IllegalArgumentException("at least one cell is to be probed, not " + most);
    }
    int[] dots = new int[count];
    // a positive factor does not change the order: the codes stand for the query
    Kernel.chosen().dots(coded(query).widened(), codes, dots);
    int wanted = Math.min(most, count);
    long[] best = new long[2 * wanted];
    long bound = Long.MAX_VALUE;
    int size = 0;
    for (int j = 0; j < count; j++) {
      long rank = ((long) ~ordered(alphas[j] * dots[j]) << Integer.SIZE) | j;
      if (rank < bound) {
        best[size++] = rank;
        if (size == best.length) {
          Arrays.sort(best);
          size = wanted;
          bound = best[wanted - 1];
        }
      }
    }
    Arrays.sort(best, 0, size);
    int[] cells = new int[wanted];
    for (int i = 0; i < wanted; i++) {
      cells[i] = (int) best[i];
    }
    return cells;
  }

  /** Bits that compare, as a signed int, like the float that they stand for. */
  private static int ordered(float value) {
    int bits = Float.floatToIntBits(value + 0f); // -0 becomes 0
    return bits ^ ((bits >> 31) & Integer.MAX_VALUE);
  }

  private Int8Code coded(float[] vector) {
    if (vector.length != dimension) {
      throw new IllegalArgumentException(
          "the vector has %d dimensions, the centroids %d".formatted(vector.length, dimension));
    }
    return Int8Code.of(vector);
  }
}
