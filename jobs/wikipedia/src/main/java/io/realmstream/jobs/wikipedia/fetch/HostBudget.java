package io.realmstream.jobs.wikipedia.fetch;

/**
 * When the next request may go to a host. Requests leave evenly spaced. So no minute has too many,
 * whenever it begins, and also across restarts of this process. If a host asks for a pause, all
 * requests pause.
 */
final class HostBudget {
  /** Hosts allow three; an audit has the third. */
  static final int AT_ONCE_MAX = 2;

  private static final long MINUTE_MS = 60_000;
  private static final long FIRST_PAUSE_MS = 1_000;
  private static final long PAUSE_MAX_MS = 60_000;

  private final long spacingMs;
  private long earliestMs;
  private long pauseMs = FIRST_PAUSE_MS;
  private int inFlight;

  /** Since when it was asked and did not answer; -1 = it answered last. */
  private long silentSinceMs = -1;

  /**
   * @param startMs when it is made: the first request waits as if one had just left
   */
  HostBudget(int requestsPerMinute, long startMs) {
    spacingMs = (MINUTE_MS + requestsPerMinute - 1) / requestsPerMinute;
    earliestMs = startMs + spacingMs;
  }

  boolean allows(long nowMs) {
    return inFlight < AT_ONCE_MAX && nowMs >= earliestMs;
  }

  /** From when on a request may leave, if fewer than two are under way. */
  long earliestMs() {
    return earliestMs;
  }

  int inFlight() {
    return inFlight;
  }

  /** For how long it has refused what it was asked; 0 = it answered last. */
  long silentMs(long nowMs) {
    return silentSinceMs < 0 ? 0 : Math.max(0, nowMs - silentSinceMs);
  }

  /** Whether it answered last, or was never asked. */
  boolean answersLately() {
    return silentSinceMs < 0;
  }

  void sent(long nowMs) {
    inFlight++;
    earliestMs = nowMs + spacingMs;
  }

  void answered() {
    inFlight--;
    silentSinceMs = -1;
    pauseMs = FIRST_PAUSE_MS;
  }

  /**
   * The host wants fewer requests, or cannot be reached.
   *
   * @param askedMs the pause that it asks for; 0 = it names none, so the pause is twice the last
   *     one
   */
  void refused(long nowMs, long askedMs) {
    inFlight--;
    silentSinceMs = silentSinceMs < 0 ? nowMs : silentSinceMs;
    earliestMs = Math.max(earliestMs, nowMs + Math.max(askedMs, pauseMs));
    pauseMs = Math.min(2 * pauseMs, PAUSE_MAX_MS);
  }
}
