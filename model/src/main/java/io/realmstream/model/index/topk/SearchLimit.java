package io.realmstream.model.index.topk;

/**
 * How much a search fetches. Copies of a text have one vector, so one score: a limit in hits alone
 * would be spent on the copies of a few texts. So the limit is in different vectors, told apart by
 * their scores, and all copies of these come along, up to a number of hits.
 *
 * <p>The limit saves work and decides nothing: what it cuts off is told with the result.
 *
 * @param different how many different vectors are wanted
 * @param hits how many hits there are at most, copies included
 */
public record SearchLimit(int different, int hits) {
  /** Vectors beyond k, to make up for hits that stand no more. */
  private static final int OVER_FETCH = 8;

  /** Texts that each stand in so many documents fit into the first limit. */
  private static final int COPIES = 8;

  public SearchLimit {
    if (different < 1 || hits < different) {
      throw new IllegalArgumentException(
          "a search wants 1 vector at least and no more vectors than hits, not %d in %d hits"
              .formatted(different, hits));
    }
  }

  /** The best {@code k} hits, whatever their scores. */
  public static SearchLimit ofHits(int k) {
    return new SearchLimit(k, k);
  }

  /** What a question for {@code k} passages begins with. */
  public static SearchLimit first(int k) {
    return new SearchLimit(k + OVER_FETCH, COPIES * (k + OVER_FETCH));
  }

  /** So many more of both. */
  public SearchLimit plus(int more) {
    return new SearchLimit(different + more, hits + more);
  }

  /**
   * Twice as much of both. Where there are few copies, vectors can still double when hits cannot.
   *
   * @param hitsMax the most hits; the same limit when so many vectors are wanted already
   */
  public SearchLimit twice(int hitsMax) {
    if (different >= hitsMax) {
      return this;
    }
    int mostHits = Math.max(hits, (int) Math.min(2L * hits, hitsMax));
    int mostDifferent = Math.min(mostHits, hitsMax);
    return new SearchLimit((int) Math.min(2L * different, mostDifferent), mostHits);
  }

  /** The same, but not more hits than so many, at least 1. */
  public SearchLimit atMost(int hitsMax) {
    return new SearchLimit(Math.min(different, hitsMax), Math.min(hits, hitsMax));
  }
}
