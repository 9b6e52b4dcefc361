package io.realmstream.model.index.partition;

import java.util.Arrays;

/**
 * The middles of a partition's cells.
 *
 * <p>All arithmetic is float, one product and one sum after the other in the order of the
 * dimensions, with a sum of its own for each centroid: the compiler may put neighbouring centroids
 * into one register, and no bit of the result depends on whether it does. So all processes agree on
 * the cell of a vector. Immutable, thread-safe.
 */
public final class Centroids {
  /** Centroids whose sums are built side by side; their part of a row fits the first cache. */
  private static final int TILE = 512;

  private final int dimension;
  private final int count;

  /** Entry i of centroid j at {@code i * count + j}. */
  private final float[] columns;

  /** -|c|^2 / 2 of each centroid: added to x.c it orders centroids as the distance to x does. */
  private final float[] offsets;

  /**
   * @param rows one centroid after the other, {@code dimension} entries each
   * @throws IllegalArgumentException when that is none, or no whole number of them
   */
  public Centroids(float[] rows, int dimension) {
    if (dimension < 1 || rows.length == 0 || rows.length % dimension != 0) {
      throw new IllegalArgumentException(
          "%d numbers are no centroids of dimension %d".formatted(rows.length, dimension));
    }
    this.dimension = dimension;
    count = rows.length / dimension;
    columns = new float[rows.length];
    offsets = new float[count];
    for (int j = 0; j < count; j++) {
      float square = 0;
      for (int i = 0; i < dimension; i++) {
        float entry = rows[j * dimension + i];
        columns[i * count + j] = entry;
        square += entry * entry;
      }
      offsets[j] = -square / 2;
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
    float[] rows = new float[columns.length];
    for (int j = 0; j < count; j++) {
      System.arraycopy(row(j), 0, rows, j * dimension, dimension);
    }
    return rows;
  }

  float[] row(int cell) {
    float[] row = new float[dimension];
    for (int i = 0; i < dimension; i++) {
      row[i] = columns[i * count + cell];
    }
    return row;
  }

  /**
   * The cell of a vector: the one whose centroid is nearest, the smallest number of several.
   *
   * @throws IllegalArgumentException for a vector of another dimension
   */
  public int cellOf(float[] vector) {
    int[] cells = new int[1];
    assign(new float[][] {vector}, cells, new float[1]);
    return cells[0];
  }

  /**
   * The cells of many vectors, tile by tile, so that a tile of centroids stays in a cache.
   *
   * @param cells takes the cell of each vector
   * @param scores takes x.c - |c|^2 / 2 of each vector and its cell's centroid
   */
  void assign(float[][] vectors, int[] cells, float[] scores) {
    Arrays.fill(cells, 0);
    Arrays.fill(scores, Float.NEGATIVE_INFINITY);
    float[] sums = new float[TILE];
    for (int first = 0; first < count; first += TILE) {
      int width = Math.min(TILE, count - first);
      for (int v = 0; v < vectors.length; v++) {
        requireDimension(vectors[v]);
        products(vectors[v], first, width, sums);
        for (int j = 0; j < width; j++) {
          float score = sums[j] + offsets[first + j];
          if (score > scores[v]) {
            scores[v] = score;
            cells[v] = first + j;
          }
        }
      }
    }
  }

  /**
   * The cells that promise most for a query, best first: by q.c descending, ties by smaller number.
   *
   * @param most how many at most; all when there are fewer
   * @throws IllegalArgumentException for a query of another dimension, or {@code most} below 1
   */
  public int[] ranked(float[] query, int most) {
    requireDimension(query);
    if (most < 1) {
      throw new IllegalArgumentException("at least one cell is to be probed, not " + most);
    }
    long[] ranking = new long[count];
    float[] sums = new float[TILE];
    for (int first = 0; first < count; first += TILE) {
      int width = Math.min(TILE, count - first);
      products(query, first, width, sums);
      for (int j = 0; j < width; j++) {
        ranking[first + j] = ((long) ~ordered(sums[j]) << Integer.SIZE) | (first + j);
      }
    }
    Arrays.sort(ranking);
    int[] cells = new int[Math.min(most, count)];
    for (int rank = 0; rank < cells.length; rank++) {
      cells[rank] = (int) ranking[rank];
    }
    return cells;
  }

  private void products(float[] vector, int first, int width, float[] sums) {
    Arrays.fill(sums, 0, width, 0);
    for (int i = 0; i < dimension; i++) {
      float entry = vector[i];
      int start = i * count + first;
      for (int j = 0; j < width; j++) {
        sums[j] += entry * columns[start + j];
      }
    }
  }

  /** Bits that compare, as a signed int, like the float that they stand for. */
  private static int ordered(float value) {
    int bits = Float.floatToIntBits(value + 0f); // -0 becomes 0
    return bits ^ ((bits >> 31) & Integer.MAX_VALUE);
  }

  private void requireDimension(float[] vector) {
    if (vector.length != dimension) {
      throw new IllegalArgumentException(
          "the vector has %d dimensions, the centroids %d".formatted(vector.length, dimension));
    }
  }
}
