package io.realmstream.model.retrieval;

import io.realmstream.model.index.topk.Hit;
import io.realmstream.model.index.topk.Hits;
import io.realmstream.model.index.topk.SearchLimit;
import java.util.ArrayList;
import java.util.List;

/**
 * The best hits of some cells, without a gap: whatever is not among them ranks behind all of them.
 *
 * @param hits best first
 * @param cut whether the cells hold more than these
 */
public record Ranking(List<Hit> hits, boolean cut) {
  /**
   * The ranking of all cells together. It ends where the first of the parts that are cut ends: what
   * ranks behind that may be missing.
   *
   * @param parts of disjoint cells, in any order
   */
  public static Ranking merge(List<Ranking> parts, SearchLimit limit) {
    List<List<Hit>> lists = parts.stream().map(Ranking::hits).toList();
    int count = lists.stream().mapToInt(List::size).sum();
    List<Hit> merged = new ArrayList<>(Hits.merge(lists, Math.max(1, count)));
    for (Ranking part : parts) {
      if (part.cut) {
        keepUpTo(part.hits, merged);
      }
    }
    List<Hit> within = merged.subList(0, within(merged, limit));
    boolean cut = within.size() < count || parts.stream().anyMatch(Ranking::cut);
    return new Ranking(List.copyOf(within), cut);
  }

  /**
   * Whether nothing that was cut off can rank before a candidate. Ranks are those of scaled scores,
   * and the scale may make scores equal that differ in their last bits.
   *
   * @param score scaled score of one of the hits
   * @param scale positive
   */
  public boolean isCertain(double score, double scale) {
    if (!cut) {
      return true;
    }
    if (hits.isEmpty()) {
      return false;
    }
    double last = hits.get(hits.size() - 1).score();
    return score > scale * last
        || (scale * Math.nextDown(last) < score && scale * Math.nextUp(last) > score);
  }

  private static void keepUpTo(List<Hit> cut, List<Hit> merged) {
    if (cut.isEmpty()) {
      merged.clear();
    } else {
      Hit last = cut.get(cut.size() - 1);
      merged.removeIf(hit -> hit.compareTo(last) > 0);
    }
  }

  /** How many of the hits are within the limit, all copies of the last one wanted included. */
  private static int within(List<Hit> hits, SearchLimit limit) {
    int different = 0;
    for (int i = 0; i < Math.min(hits.size(), limit.hits()); i++) {
      boolean isCopy = i > 0 && hits.get(i).score() == hits.get(i - 1).score();
      if (!isCopy && different++ == limit.different()) {
        return i;
      }
    }
    return Math.min(hits.size(), limit.hits());
  }
}
