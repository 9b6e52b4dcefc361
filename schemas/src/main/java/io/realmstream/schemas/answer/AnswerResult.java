package io.realmstream.schemas.answer;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.realmstream.schemas.Utf8;
import io.realmstream.schemas.query.QueryKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All of an answer that index, models and query determine: equal inputs give equal bytes.
 *
 * @param reason for people; null when the status says it all
 * @param passages evidence by rank
 * @param version null when no version was active
 */
public record AnswerResult(
    AnswerStatus status,
    @Nullable String reason,
    @JsonUnwrapped AnswerMode mode,
    @JsonUnwrapped ReadAnswers read,
    List<Evidence> passages,
    @Nullable IndexVersion version,
    @JsonUnwrapped Coverage coverage) {

  /** Makes the reason UTF-8: it may come from a model or a library. */
  public AnswerResult {
    reason = reason == null ? null : Utf8.whole(reason);
  }

  /** A result without passages. */
  public static AnswerResult without(
      AnswerStatus status, @Nullable String reason, @Nullable QueryKind kind) {
    AnswerMode mode = new AnswerMode(kind, null, null);
    return new AnswerResult(status, reason, mode, ReadAnswers.NONE, List.of(), null, Coverage.NONE);
  }
}
