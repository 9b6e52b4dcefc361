package io.realmstream.model.index.partition;

import io.realmstream.model.index.Int8Code;
import io.realmstream.model.index.kernel.Kernel;
import io.realmstream.model.index.kernel.Rows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/** How many cells of a partition to probe, by measuring. */
public final class ProbeCount {
  private static final int NEIGHBOURS = 10;

  /**
   * Share of the neighbours to find. More than the .95 that is promised, because passages ask here
   * and questions lie farther from what they seek: with e5, 10,300 passages and 103 cells, the
   * number that finds .98 for passages finds .95 for real questions.
   */
  private static final double RECALL = 0.985;

  private ProbeCount() {}

  /**
   * The smallest number of cells that finds {@code RECALL} of the ten best of each query among the
   * points; all cells when there is nothing to measure.
   *
   * @param queries taken from the points; none finds itself
   */
  static int choose(Centroids centroids, List<Int8Code> points, List<Int8Code> queries) {
    if (queries.isEmpty()) {
      return centroids.count();
    }
    int[] cells = points.stream().mapToInt(centroids::cellOf).toArray();
    List<int[]> wanted = new ArrayList<>();
    for (Int8Code query : queries) {
      wanted.add(Arrays.stream(neighbours(query, points)).map(i -> cells[i]).toArray());
    }
    return smallest(centroids, queries, wanted, RECALL);
  }

  /**
   * The smallest number of cells in which queries find a share of what they want. Asked of the
   * ranking with each number by itself: which centroids it looks at depends on how many are wanted.
   *
   * @param wanted by query, the cell of each passage to find
   */
  public static int smallest(
      Centroids centroids, List<Int8Code> queries, List<int[]> wanted, double recall) {
    int low = 1;
    int high = centroids.count();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (found(centroids, queries, wanted, middle) >= recall) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  private static double found(
      Centroids centroids, List<Int8Code> queries, List<int[]> wanted, int probes) {
    long all = 0;
    long found = 0;
    for (int i = 0; i < queries.size(); i++) {
      BitSet probed = new BitSet();
      for (int cell : centroids.ranked(queries.get(i), probes)) {
        probed.set(cell);
      }
      found += Arrays.stream(wanted.get(i)).filter(probed::get).count();
      all += wanted.get(i).length;
    }
    return (double) found / all;
  }

  @SuppressWarnings("ReferenceEquality") // a point that is equal to the query counts
  private static int[] neighbours(Int8Code query, List<Int8Code> points) {
    Selection nearest = new Selection(NEIGHBOURS);
    short[] widened = query.widened();
    int[] dot = new int[1];
    for (int i = 0; i < points.size(); i++) {
      Int8Code point = points.get(i);
      if (point != query) {
        Kernel.chosen().dots(widened, new Rows(point.codes(), 0, 1), dot);
        nearest.offer(i, point.alpha() * dot[0]);
      }
    }
    return nearest.best();
  }
}
