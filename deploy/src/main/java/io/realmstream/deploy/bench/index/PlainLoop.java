package io.realmstream.deploy.bench.index;

import io.realmstream.model.index.Hit;
import io.realmstream.model.index.Hits;
import io.realmstream.model.index.InnerProduct;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The oracle: scores every passage in double. */
final class PlainLoop {
  private static final int CHUNK = 10_000;

  private PlainLoop() {}

  /** The best {@code k} of all passages for each query. */
  static List<List<Hit>> search(VectorSource vectors, List<float[]> queries, int k) {
    List<List<Hit>> best = new ArrayList<>();
    queries.forEach(query -> best.add(List.of()));
    for (int first = 0; first < vectors.count(); first += CHUNK) {
      int start = first;
      int end = Math.min(vectors.count(), first + CHUNK);
      float[][] chunk =
          IntStream.range(start, end).mapToObj(vectors::passage).toArray(float[][]::new);
      for (int i = 0; i < queries.size(); i++) {
        float[] query = queries.get(i);
        List<Hit> hits =
            IntStream.range(start, end)
                .mapToObj(
                    number ->
                        new Hit(
                            BenchedCells.uid(number),
                            0,
                            InnerProduct.of(query, chunk[number - start])))
                .toList();
        best.set(i, Hits.merge(List.of(best.get(i), hits), k));
      }
    }
    return best;
  }
}
