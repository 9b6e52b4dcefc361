package io.realmstream.model.query;

import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When a query is to be answered at the latest. The future is bounded: until its deadline a query
 * holds state and timers, and a wait for models may hold its task.
 *
 * @param timeout of a query that names no deadline, from when it was sent
 * @param aheadMax how far ahead a named deadline may be when the query is read
 */
public record Deadlines(Duration timeout, Duration aheadMax) implements Serializable {

  /** Refuses limits that are not positive, and a timeout that is above the limit itself. */
  public Deadlines {
    if (timeout.isNegative() || timeout.isZero() || timeout.compareTo(aheadMax) > 0) {
      throw new IllegalArgumentException(
          "the query timeout must be above 0 and at most the longest deadline, %s (is %s)"
              .formatted(aheadMax, timeout));
    }
  }

  /** Why a named deadline is refused; null = it is not. One in the past is only late. */
  public @Nullable String refusal(@Nullable Instant named, long nowMs) {
    Instant last = Instant.ofEpochMilli(nowMs).plus(aheadMax);
    return named == null || !named.isAfter(last)
        ? null
        : "deadline: must be at most %d ms ahead of the time when the query is read (is %d ms)"
            .formatted(
                aheadMax.toMillis(),
                Duration.between(Instant.ofEpochMilli(nowMs), named).toMillis());
  }

  /**
   * A deadline that was set before, in epoch ms. It is no further ahead than one set now may be.
   */
  public long within(long deadlineMs, long nowMs) {
    return Math.min(deadlineMs, nowMs + aheadMax.toMillis());
  }

  /**
   * The deadline of a query that is not refused, in epoch ms. A clock that is ahead gives a query
   * no more time than others have.
   *
   * @param named by the query; null = none
   * @param sentMs the query's Kafka timestamp; negative = none
   * @param nowMs when the query is read
   */
  public long of(@Nullable Instant named, long sentMs, long nowMs) {
    if (named != null) {
      return named.isBefore(Instant.EPOCH) ? 0 : named.toEpochMilli();
    }
    long fromMs = sentMs < 0 ? nowMs : Math.min(sentMs, nowMs);
    return fromMs + timeout.toMillis();
  }
}
