package io.realmstream.deploy.bench.cells;

import io.realmstream.model.index.topk.Hit;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Share of the best passages that a search found. */
public final class Recall {
  private Recall() {}

  /**
   * Divides what was found of the best by what there was to find.
   *
   * @param plain the best of each query, by a plain loop
   * @return 1 when there was nothing to find
   */
  public static double of(List<List<Hit>> found, List<List<Hit>> plain) {
    int wanted = 0;
    int hits = 0;
    for (int i = 0; i < plain.size(); i++) {
      Set<Hit> best = new HashSet<>(plain.get(i));
      wanted += best.size();
      best.retainAll(found.get(i));
      hits += best.size();
    }
    return wanted == 0 ? 1 : (double) hits / wanted;
  }
}
