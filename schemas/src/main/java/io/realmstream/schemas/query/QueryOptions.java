package io.realmstream.schemas.query;

import org.jspecify.annotations.Nullable;

/**
 * The finer choices of a query.
 *
 * @param nullDocument whether the empty document competes (spec rule S1); null = the kind's default
 * @param origin uid of the passage that the query was made from, never to be retrieved; null = none
 * @param runnersUp how many answers after the best to report
 * @param reading when to stop reading
 * @param unreadMassMax with CERTAIN, how much p(z|x) the unread passages may have together at most;
 *     null = any
 */
public record QueryOptions(
    Normalization normalization,
    Decoding decoding,
    @Nullable Boolean nullDocument,
    @Nullable String origin,
    int runnersUp,
    Reading reading,
    @Nullable Double unreadMassMax) {
  public static final QueryOptions DEFAULT =
      new QueryOptions(
          Normalization.PAPER, Decoding.MARGINAL, null, null, 4, Reading.CERTAIN, null);

  /** The same with another reading. */
  public QueryOptions with(Reading other) {
    return new QueryOptions(
        normalization, decoding, nullDocument, origin, runnersUp, other, unreadMassMax);
  }
}
