package io.realmstream.jobs.retriever.query;

import io.realmstream.schemas.answer.AnswerStatus;
import org.jspecify.annotations.Nullable;

/**
 * A query and its vector.
 *
 * @param vector float32, one entry a dimension; empty after a failure
 * @param nullScore retrieval score of the null document, unscaled; null when it does not compete
 * @param truncated whether the question was cut at the tower's limit
 * @param failure why there is no vector; null = there is
 * @param failedAs what its answer says then; null = FAILED
 */
public record EmbeddedQuery(
    StampedQuery stamped,
    float[] vector,
    @Nullable Double nullScore,
    boolean truncated,
    long embedMicros,
    @Nullable String failure,
    @Nullable AnswerStatus failedAs) {
  public EmbeddedQuery stamped(StampedQuery other) {
    return new EmbeddedQuery(other, vector, nullScore, truncated, embedMicros, failure, failedAs);
  }
}
