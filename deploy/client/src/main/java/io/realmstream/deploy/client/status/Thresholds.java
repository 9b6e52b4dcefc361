package io.realmstream.deploy.client.status;

import java.time.Duration;

/**
 * The limits beyond which the knowledge base is not well. The alerts of {@code
 * deploy/monitoring/alerts.yaml} have the same numbers; a test compares them.
 */
public final class Thresholds {
  /** Age of the oldest edit that answers may lack. */
  public static final Duration FRESHNESS_MAX = Duration.ofSeconds(60);

  /** Questions came, and no answer left, for this long. */
  public static final Duration NO_ANSWER_MAX = Duration.ofMinutes(5);

  /** A question that is younger may still be under way; most have a deadline of ten seconds. */
  static final Duration UNDER_WAY_MAX = Duration.ofSeconds(30);

  /** Per cent of the answers that are FAILED, TIMED_OUT or UNAVAILABLE_VERSION. */
  public static final int FAILED_PERCENT_MAX = 5;

  /** Fewer failures than this do not count. */
  public static final int FAILED_MIN = 3;

  /** Failures are counted among the answers of this time. */
  public static final Duration ANSWERS_WINDOW = Duration.ofMinutes(10);

  /** All answers come from an index that lacks documents, for this long. */
  public static final Duration INCOMPLETE_MAX = Duration.ofMinutes(15);

  /** Per cent of the documents and questions that become dead letters. */
  public static final int DEAD_LETTER_PERCENT_MAX = 1;

  /** Dead letters are counted within this time. */
  public static final Duration DEAD_LETTERS_WINDOW = Duration.ofMinutes(15);

  /** A version that was refused is reported for this long. */
  public static final Duration REFUSED_WINDOW = Duration.ofHours(1);

  private Thresholds() {}
}
