package io.realmstream.model.transport;

/**
 * State: a record of the shard was lost, and with it perhaps an edit, a deletion, a completion. The
 * updater is asked to publish the shard again, with growing pauses, until a whole republication has
 * come.
 *
 * @param sinceMs when the loss was noticed
 * @param asked how often the updater was asked
 * @param askAtMs when it is to be asked next, unless a republication is under way
 * @param repaired whether a whole republication has come; what it brought may not be current yet
 */
public record Doubt(long sinceMs, int asked, long askAtMs, boolean repaired) {
  private static final long FIRST_PAUSE_MS = 5_000;
  private static final int DOUBLED_MAX = 6;

  /** A loss that is noticed now; the updater is to be asked at once. */
  public static Doubt noticed(long nowMs) {
    return new Doubt(nowMs, 0, nowMs, false);
  }

  /** Another loss: what came of a republication is no longer whole. */
  public Doubt again() {
    return new Doubt(sinceMs, asked, askAtMs, false);
  }

  /** The updater was asked now: the next pause is twice as long, up to some five minutes. */
  public Doubt asked(long nowMs) {
    long pauseMs = FIRST_PAUSE_MS << Math.min(asked, DOUBLED_MAX);
    return new Doubt(sinceMs, asked + 1, nowMs + pauseMs, repaired);
  }

  /** A republication is under way: looks again later. */
  public Doubt later(long nowMs) {
    return new Doubt(sinceMs, asked, nowMs + FIRST_PAUSE_MS, repaired);
  }

  /** A whole republication has come. */
  public Doubt repair() {
    return new Doubt(sinceMs, asked, askAtMs, true);
  }
}
