package io.realmstream.schemas;

import java.time.Instant;

/** The times that records can say: the years 0 to 9999 in UTC, as RFC 3339 has them. */
public final class Times {
  private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
  private static final Instant BEHIND = Instant.parse("+10000-01-01T00:00:00Z");
  private static final long FIRST_MS = FIRST.toEpochMilli();
  private static final long BEHIND_MS = BEHIND.toEpochMilli();

  private Times() {}

  /** Whether a record can say {@code time}. */
  public static boolean canSay(Instant time) {
    return !time.isBefore(FIRST) && time.isBefore(BEHIND);
  }

  /** The same of a time in epoch ms. */
  public static boolean canSay(long epochMs) {
    return epochMs >= FIRST_MS && epochMs < BEHIND_MS;
  }

  /** Refuses a time that no record can say. */
  public static Instant check(String field, Instant time) {
    if (!canSay(time)) {
      throw new IllegalArgumentException(field + ": " + refusal(time));
    }
    return time;
  }

  /** The words for a time that no record can say. */
  public static String refusal(Instant time) {
    return "must be in the years 0 to 9999 in UTC (is " + time + ")";
  }
}
