package io.realmstream.schemas.answer;

import org.jspecify.annotations.Nullable;

/**
 * What the reader says of a passage; all null when it has no span that gives the answer, or was not
 * read.
 *
 * @param span best span that gives the answer
 * @param answerProbability p(y|z,x)
 * @param posterior p(z|y,x), the passage's share of the answer
 */
public record ReadSpan(
    @Nullable Span span, @Nullable Double answerProbability, @Nullable Double posterior) {
  public static final ReadSpan NONE = new ReadSpan(null, null, null);
}
