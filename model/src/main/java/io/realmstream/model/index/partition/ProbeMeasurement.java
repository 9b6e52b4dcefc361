package io.realmstream.model.index.partition;

import io.realmstream.model.index.kernel.Kernel;
import io.realmstream.model.index.kernel.Rows;
import io.realmstream.model.index.vector.Int8Code;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/** How far to probe the cells of a partition, by measuring. */
public final class ProbeMeasurement {
  private static final int NEIGHBOURS = 10;

  /**
   * Share of the neighbours to find. More than the .95 that is promised, because passages ask here
   * and questions lie farther from what they seek: with e5, 10,300 passages and 103 to 6,592 cells,
   * what finds .98 for passages finds .97 for real questions. That much room is needed where few
   * passages could ask.
   */
  private static final double RECALL = 0.98;

  /**
   * Cells that a query may probe, times those that each would have to if all probed equally many.
   * With three or four times as many no more is found for as much scanning, and a query that is
   * near nothing would scan all there is.
   */
  private static final int SPARE = 2;

  private ProbeMeasurement() {}

  /**
   * The limit that finds {@code RECALL} of the ten best of each query among the points; all cells
   * when there is nothing to measure.
   *
   * @param queries taken from the points; none finds itself
   */
  static ProbeLimit choose(Centroids centroids, List<Int8Code> points, List<Int8Code> queries) {
    if (queries.isEmpty()) {
      return ProbeLimit.of(centroids.count());
    }
    int[] cells = points.stream().mapToInt(centroids::cellOf).toArray();
    List<int[]> wanted = new ArrayList<>();
    for (Int8Code query : queries) {
      wanted.add(Arrays.stream(neighbours(query, points)).map(i -> cells[i]).toArray());
    }
    return forRecall(centroids, queries, wanted, RECALL);
  }

  /**
   * The limit with which queries find a share of what they want, with the smallest margin.
   *
   * @param wanted by query, the cell of each passage to find
   */
  public static ProbeLimit forRecall(
      Centroids centroids, List<Int8Code> queries, List<int[]> wanted, double recall) {
    int enough = smallest(centroids, queries, wanted, recall);
    int most = Math.min(SPARE * enough, centroids.count());
    double[] margins =
        IntStream.range(0, queries.size())
            .mapToObj(i -> centroids.margins(queries.get(i), most, wanted.get(i)))
            .flatMapToDouble(Arrays::stream)
            .sorted()
            .toArray();
    int last = Math.max(0, (int) Math.ceil(recall * margins.length) - 1);
    // infinite when more cells were looked at for more, and some of those wanted came behind them
    return margins.length == 0 || Double.isInfinite(margins[last])
        ? ProbeLimit.of(most)
        : new ProbeLimit(most, Math.nextUp((float) margins[last]));
  }

  /**
   * The smallest number of cells in which queries find a share of what they want. Asked of the
   * ranking with each number by itself: which centroids it looks at depends on how many are wanted.
   */
  private static int smallest(
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
      for (int cell : centroids.ranked(queries.get(i), ProbeLimit.of(probes))) {
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
