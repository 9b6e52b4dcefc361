package io.realmstream.model.retrieval;

import io.realmstream.model.index.topk.SearchLimit;

/** Whether a search found enough: k passages that stand, or all that there are. */
public enum SearchVerdict {
  /** Nothing that was cut off can belong to the answer. */
  WHOLE,
  /**
   * Too few passages stand and more were cut off: the search is made again with twice the limit.
   */
  AGAIN,
  /** The same, at the largest limit: the answer is not exact. */
  SHORT;

  /**
   * What a search found.
   *
   * @param wanted how many passages the question wants
   * @param standing how many different ones there are, ranked before all that was cut off
   * @param cut whether anything was cut off
   */
  public record Yield(int wanted, int standing, boolean cut) {
    /** Judges it; {@code hitsMax} is the largest limit, in hits. */
    public SearchVerdict verdict(SearchLimit limit, int hitsMax) {
      if (!cut || standing >= wanted) {
        return WHOLE;
      }
      return limit.twice(hitsMax).equals(limit) ? SHORT : AGAIN;
    }
  }
}
