package io.realmstream.deploy.bench.cells;

import io.realmstream.model.index.topk.Hit;
import io.realmstream.model.index.topk.Hits;
import io.realmstream.model.index.vector.InnerProduct;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** The oracle: scores every passage in double. */
public final class PlainLoop {
  private static final int CHUNK = 10_000;

  private PlainLoop() {}

  /**
   * The best {@code k} of all passages for each query.
   *
   * @param numbers of the passages there are
   */
  public static List<List<Hit>> search(
      int[] numbers, IntFunction<float[]> vectors, List<float[]> queries, int k) {
    List<List<Hit>> best = new ArrayList<>();
    queries.forEach(query -> best.add(List.of()));
    for (int first = 0; first < numbers.length; first += CHUNK) {
      int[] chunk = Arrays.copyOfRange(numbers, first, Math.min(numbers.length, first + CHUNK));
      float[][] passages = Arrays.stream(chunk).mapToObj(vectors).toArray(float[][]::new);
      for (int i = 0; i < queries.size(); i++) {
        float[] query = queries.get(i);
        List<Hit> hits =
            IntStream.range(0, chunk.length)
                .mapToObj(
                    j ->
                        new Hit(BenchedCells.uid(chunk[j]), 0, InnerProduct.of(query, passages[j])))
                .toList();
        best.set(i, Hits.merge(List.of(best.get(i), hits), k));
      }
    }
    return best;
  }
}
