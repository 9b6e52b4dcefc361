package io.realmstream.model.index.topk;

import java.util.Collection;
import java.util.List;

/** Lists of hits, best first. */
public final class Hits {
  private Hits() {}

  /**
   * The best {@code k} of several searches over disjoint cells; the order of the lists does not
   * matter.
   *
   * @throws IllegalArgumentException when {@code k} is below 1
   */
  public static List<Hit> merge(List<List<Hit>> lists, int k) {
    if (k < 1) {
      throw new IllegalArgumentException("k must be at least 1, not " + k);
    }
    return lists.stream().flatMap(Collection::stream).sorted().limit(k).toList();
  }
}
