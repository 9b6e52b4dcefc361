package io.realmstream.model.version;

/**
 * When what failed is tried again: after a second, then after twice as long each time, a minute at
 * most. A clock that was set back does not make it wait longer.
 */
public final class RetryPauses {
  private static final long FIRST_MS = 1_000;
  private static final long LONGEST_MS = 60_000;

  private long pauseMs;
  private long failedMs;
  private int failures;

  /** It has failed once more. */
  public void failed(long nowMs) {
    pauseMs = failures == 0 ? FIRST_MS : Math.min(2 * pauseMs, LONGEST_MS);
    failedMs = nowMs;
    failures++;
  }

  /** How often it has failed. */
  public int failures() {
    return failures;
  }

  /** Whether it is time to try: at once if it has not failed yet. */
  public boolean isDue(long nowMs) {
    return nowMs < failedMs || nowMs - failedMs >= pauseMs;
  }
}
