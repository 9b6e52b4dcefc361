package io.realmstream.schemas.query;

import io.realmstream.schemas.Utf8;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All of an answer that index, models and query determine: equal inputs give equal bytes.
 *
 * @param reason for people; null when the status says it all
 * @param answer best answer and its probability; null when there is none
 * @param runnersUp next best answers, best first
 * @param noAnswerMass probability that no passage holds an answer (spec rule B4); null when nothing
 *     was read
 * @param passages evidence by rank
 * @param version null when no version was active
 * @param exact true = certified equal to brute force; false = only some cells were probed, or hits
 *     were cut off that may belong to the answer
 * @param cellsProbed how many cells were searched
 * @param partial whether shards were missing at the deadline
 * @param complete whether the version holds every document that was live when it was announced
 * @param truncated whether question or passages exceeded a model's limit and were cut
 */
public record AnswerResult(
    AnswerStatus status,
    @Nullable String reason,
    @Nullable QueryKind kind,
    @Nullable Normalization normalization,
    @Nullable Decoding decoding,
    @Nullable AnswerCandidate answer,
    List<AnswerCandidate> runnersUp,
    @Nullable Double noAnswerMass,
    List<Evidence> passages,
    @Nullable IndexVersion version,
    boolean exact,
    int cellsProbed,
    boolean partial,
    boolean complete,
    boolean truncated) {

  /** Makes the reason UTF-8: it may come from a model or a library. */
  public AnswerResult {
    reason = reason == null ? null : Utf8.whole(reason);
  }

  /** A result without passages. */
  public static AnswerResult without(
      AnswerStatus status, @Nullable String reason, @Nullable QueryKind kind) {
    return new AnswerResult(
        status, reason, kind, null, null, null, List.of(), null, List.of(), null, false, 0, false,
        false, false);
  }
}
