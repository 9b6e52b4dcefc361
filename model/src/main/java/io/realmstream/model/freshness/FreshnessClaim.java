package io.realmstream.model.freshness;

import io.realmstream.schemas.query.FreshnessMark;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was true of the whole index when it was said, and of any search that begins later.
 *
 * @param mark its name; whoever has seen the mark begins later
 * @param saidMs when it was said, by the clock of the one that says all of them
 * @param complete indexes that had every document which was live when they were announced
 */
public record FreshnessClaim(FreshnessMark mark, long saidMs, List<Integer> complete) {
  /** How long a claim is kept for queries on their way. */
  public static final long KEPT_MS = 60_000;

  /**
   * What holds for a query whose stamp had seen a mark: the claim of that mark or, while that is
   * still on its way, the one before it of the same run.
   *
   * @param said claims of any runs, in any order
   * @param seen null = none
   * @return null = nothing may be claimed
   */
  public static @Nullable FreshnessClaim of(
      Iterable<FreshnessClaim> said, @Nullable FreshnessMark seen) {
    FreshnessClaim newest = null;
    for (FreshnessClaim claim : said) {
      FreshnessMark mark = claim.mark;
      if (seen != null
          && mark.run() == seen.run()
          && mark.number() <= seen.number()
          && (newest == null || newest.mark.number() < mark.number())) {
        newest = claim;
      }
    }
    return newest;
  }

  /** Every edit with a Kafka timestamp up to here was answerable; null = nothing known. */
  public @Nullable Instant through() {
    return mark.through();
  }

  /** Whether no query needs this any more that was said so long before another. */
  public boolean isOver(FreshnessClaim newest) {
    return saidMs < newest.saidMs - KEPT_MS;
  }
}
