package io.realmstream.schemas.query;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.realmstream.schemas.Limits;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The finer choices of a query.
 *
 * @param competition which passages compete
 * @param runnersUp how many answers after the best to report
 * @param reading when to stop reading
 * @param unreadMassMax with CERTAIN, how much p(z|x) the unread passages may have together at most;
 *     null = any
 * @param thresholds when the best answer is withheld; a limit that is null is the checkpoint's
 * @param references answers whose probability is asked for, see {@link
 *     io.realmstream.schemas.answer.ReferenceScore}; null = none. All passages are read then
 */
public record QueryOptions(
    Normalization normalization,
    Decoding decoding,
    @JsonUnwrapped Competition competition,
    int runnersUp,
    Reading reading,
    @Nullable Double unreadMassMax,
    @JsonUnwrapped AnswerThresholds thresholds,
    @Nullable List<String> references) {
  public static final int REFERENCES_MAX = 100;

  public static final QueryOptions DEFAULT =
      new QueryOptions(
          Normalization.PAPER,
          Decoding.MARGINAL,
          Competition.OPEN,
          4,
          Reading.CERTAIN,
          null,
          AnswerThresholds.NONE,
          null);

  /** Refuses an empty or too long list of references. */
  public QueryOptions {
    if (references != null) {
      references = List.copyOf(references);
      Limits.checkAtLeast("options.references", references.size(), 1);
      Limits.checkAtMost("options.references", references.size(), REFERENCES_MAX);
    }
  }

  /** The same with another competition. */
  public QueryOptions with(Competition other) {
    return new QueryOptions(
        normalization, decoding, other, runnersUp, reading, unreadMassMax, thresholds, references);
  }

  /** The same with another reading. */
  public QueryOptions with(Reading other) {
    return new QueryOptions(
        normalization,
        decoding,
        competition,
        runnersUp,
        other,
        unreadMassMax,
        thresholds,
        references);
  }

  /** The same with other thresholds. */
  public QueryOptions with(AnswerThresholds others) {
    return new QueryOptions(
        normalization,
        decoding,
        competition,
        runnersUp,
        reading,
        unreadMassMax,
        others,
        references);
  }

  /** The same with other references. */
  public QueryOptions withReferences(@Nullable List<String> others) {
    return new QueryOptions(
        normalization,
        decoding,
        competition,
        runnersUp,
        reading,
        unreadMassMax,
        thresholds,
        others);
  }
}
