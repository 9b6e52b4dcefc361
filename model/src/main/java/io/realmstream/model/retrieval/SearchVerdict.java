package io.realmstream.model.retrieval;

import io.realmstream.model.index.topk.SearchLimit;

/** Whether a search found enough: k passages that stand, or all that there are. */
public enum SearchVerdict {
  /** Nothing that was cut off can belong to the answer. */
  WHOLE,
  /**
   * Too few passages stand and more were cut off, or it took too long: the search is made again
   * with twice the limit.
   */
  AGAIN,
  /** Too few passages stand at the largest limit: the answer is not exact. */
  SHORT,
  /** It took too long, and there is no time for another: the answer is not exact. */
  LATE;

  /**
   * How long a search took. Cells and manifests are asked one after the other. What was current
   * when the question was stamped is known for a while; after that a document may have changed
   * between the two, and be in neither.
   *
   * @param tookMs from stamp to passages
   * @param knownMs for how long it is known what was current
   * @param leftMs until the deadline
   */
  public record Age(long tookMs, long knownMs, long leftMs) {
    /**
     * Judges it. Only a first search is made again, and only with as much time as it took: under
     * load more searches would make each of them longer.
     */
    public SearchVerdict verdict(boolean isFirst) {
      if (tookMs <= knownMs) {
        return WHOLE;
      }
      return isFirst && tookMs <= leftMs ? AGAIN : LATE;
    }
  }

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
