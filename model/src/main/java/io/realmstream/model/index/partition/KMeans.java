package io.realmstream.model.index.partition;

import io.realmstream.model.index.vector.Int8Code;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;

/**
 * Lloyd's k-means by a seed: equal points in equal order give equal centroids, bit for bit. Of the
 * points only the codes are needed: they are compared by these, and their errors vanish in a mean.
 *
 * <p>Starts from points drawn by the seed. A cell that loses all its points takes over the point of
 * the most crowded cell that lies farthest from that cell's centroid; when even that one lies on
 * it, all are equal, and the cell stays empty.
 */
final class KMeans {
  private static final int ROUNDS_MAX = 10;

  /** How many points more each cell is thought to have, as far from it as points are on average. */
  private static final int PRIOR_POINTS = 4;

  private final Int8Code[] points;
  private final int dimension;
  private final int count;
  private int[] cells;

  private KMeans(Int8Code[] points, int count) {
    this.points = points;
    this.dimension = points[0].codes().length;
    this.count = count;
    cells = new int[points.length];
  }

  /**
   * Trains {@code count} centroids, or as many as there are points.
   *
   * @param points at least one, all of one dimension
   */
  static Centroids train(Int8Code[] points, int count, long seed) {
    KMeans training = new KMeans(points, Math.min(count, points.length));
    Centroids centroids = training.drawn(new SplittableRandom(seed));
    for (int round = 0; round < ROUNDS_MAX; round++) {
      int[] before = training.cells;
      training.cells = training.cellsBy(centroids);
      training.fillEmptyCells(centroids);
      if (round > 0 && Arrays.equals(before, training.cells)) {
        break;
      }
      centroids = training.means(centroids);
    }
    return training.withSpreads(centroids);
  }

  private Centroids drawn(SplittableRandom random) {
    int[] order = new int[points.length];
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
    float[] rows = new float[count * (dimension + 1)];
    for (int j = 0; j < count; j++) {
      int other = j + random.nextInt(order.length - j);
      int drawn = order[other];
      order[other] = order[j];
      for (int i = 0; i < dimension; i++) {
        rows[j * (dimension + 1) + i] = (float) points[drawn].entry(i);
      }
    }
    return new Centroids(rows, dimension);
  }

  private int[] cellsBy(Centroids centroids) {
    int[] nearest = new int[points.length];
    for (int p = 0; p < nearest.length; p++) {
      nearest[p] = centroids.cellOf(points[p]);
    }
    return nearest;
  }

  private void fillEmptyCells(Centroids centroids) {
    int[] sizes = new int[count];
    for (int cell : cells) {
      sizes[cell]++;
    }
    for (int empty = 0; empty < count; empty++) {
      if (sizes[empty] > 0) {
        continue;
      }
      int crowded = largest(sizes);
      int point = farthest(crowded, centroids);
      if (point < 0) {
        return;
      }
      cells[point] = empty;
      sizes[empty]++;
      sizes[crowded]--;
    }
  }

  private static int largest(int[] sizes) {
    int largest = 0;
    for (int j = 1; j < sizes.length; j++) {
      if (sizes[j] > sizes[largest]) {
        largest = j;
      }
    }
    return largest;
  }

  /** The first of the points farthest from their cell's centroid; -1 when all lie on it. */
  private int farthest(int cell, Centroids centroids) {
    float[] middle = centroids.row(cell);
    int farthest = -1;
    double most = 0;
    for (int p = 0; p < points.length; p++) {
      if (cells[p] == cell) {
        double square = squaredDistance(points[p], middle);
        if (square > most) {
          most = square;
          farthest = p;
        }
      }
    }
    return farthest;
  }

  /** Means in double, of the points in their order; an empty cell keeps its centroid. */
  private Centroids means(Centroids before) {
    double[] sums = new double[count * dimension];
    int[] sizes = new int[count];
    for (int p = 0; p < points.length; p++) {
      sizes[cells[p]]++;
      int start = cells[p] * dimension;
      for (int i = 0; i < dimension; i++) {
        sums[start + i] += points[p].entry(i);
      }
    }
    float[] rows = before.rows();
    for (int j = 0; j < count; j++) {
      for (int i = 0; i < dimension && sizes[j] > 0; i++) {
        rows[j * (dimension + 1) + i] = (float) (sums[j * dimension + i] / sizes[j]);
      }
    }
    return new Centroids(rows, dimension);
  }

  /**
   * With how far the points of each cell lie from its centroid. A cell of few points says little of
   * that: it is drawn to what is usual, and an empty one has the usual spread.
   */
  private Centroids withSpreads(Centroids centroids) {
    double[] squares = new double[count];
    int[] sizes = new int[count];
    float[][] middles = new float[count][];
    for (int j = 0; j < count; j++) {
      middles[j] = centroids.row(j);
    }
    for (int p = 0; p < points.length; p++) {
      squares[cells[p]] += squaredDistance(points[p], middles[cells[p]]);
      sizes[cells[p]]++;
    }
    double usual = DoubleStream.of(squares).sum() / points.length;
    float[] rows = centroids.rows();
    for (int j = 0; j < count; j++) {
      double mean = (squares[j] + PRIOR_POINTS * usual) / (sizes[j] + PRIOR_POINTS);
      rows[j * (dimension + 1) + dimension] = (float) Math.min(Math.sqrt(mean), Float.MAX_VALUE);
    }
    return new Centroids(rows, dimension);
  }

  private static double squaredDistance(Int8Code point, float[] middle) {
    double square = 0;
    for (int i = 0; i < middle.length; i++) {
      double difference = point.entry(i) - middle[i];
      square += difference * difference;
    }
    return square;
  }
}
