package io.realmstream.schemas.answer;

import org.jspecify.annotations.Nullable;

/**
 * What the reader says of a passage; all null when nothing is read, or it has no span that gives
 * the answer.
 *
 * @param span best span that gives the answer; null for a kind whose answers are no spans
 * @param answerProbability p(y|z,x)
 * @param posterior p(z|y,x), the passage's share of the answer
 * @param retrievalUtility log p(y|z,x) - log p(y|null,x), in nats (spec rule A5); null where the
 *     null document was not read
 * @param unread true for a passage that was not read where others were, else null
 * @param reference of the query's references; null when it has none
 */
public record ReadSpan(
    @Nullable Span span,
    @Nullable Double answerProbability,
    @Nullable Double posterior,
    @Nullable Double retrievalUtility,
    @Nullable Boolean unread,
    @Nullable ReferenceScore reference) {
  public static final ReadSpan NONE = new ReadSpan(null, null, null, null, null, null);
  public static final ReadSpan UNREAD = new ReadSpan(null, null, null, null, true, null);

  /** Of a kind whose answers are spans. */
  public ReadSpan(
      @Nullable Span span, @Nullable Double answerProbability, @Nullable Double posterior) {
    this(span, answerProbability, posterior, null, null, null);
  }

  /** The same with what the passage says of the query's references. */
  public ReadSpan with(@Nullable ReferenceScore other) {
    return new ReadSpan(span, answerProbability, posterior, retrievalUtility, unread, other);
  }
}
