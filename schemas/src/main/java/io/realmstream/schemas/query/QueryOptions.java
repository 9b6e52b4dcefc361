package io.realmstream.schemas.query;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
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
 * @param thresholds when the best answer is withheld; a limit that is null is the checkpoint's
 */
public record QueryOptions(
    Normalization normalization,
    Decoding decoding,
    @Nullable Boolean nullDocument,
    @Nullable String origin,
    int runnersUp,
    Reading reading,
    @Nullable Double unreadMassMax,
    @JsonUnwrapped AnswerThresholds thresholds) {
  public static final QueryOptions DEFAULT =
      new QueryOptions(
          Normalization.PAPER,
          Decoding.MARGINAL,
          null,
          null,
          4,
          Reading.CERTAIN,
          null,
          AnswerThresholds.NONE);

  /** The same with another reading. */
  public QueryOptions with(Reading other) {
    return new QueryOptions(
        normalization, decoding, nullDocument, origin, runnersUp, other, unreadMassMax, thresholds);
  }

  /** The same with other thresholds. */
  public QueryOptions with(AnswerThresholds others) {
    return new QueryOptions(
        normalization, decoding, nullDocument, origin, runnersUp, reading, unreadMassMax, others);
  }
}
