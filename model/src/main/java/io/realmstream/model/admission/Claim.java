package io.realmstream.model.admission;

/** A question's claim on model threads: so many runs, the last of them over by its deadline. */
public final class Claim {
  /** Own runs from which one that was taken on alone believes how long it will take. */
  private static final int TRIED = 8;

  private final int runs;
  private final long deadlineMs;
  private final boolean mayEndEarly;
  private int begun;
  private int ended;
  private long fastestNanos = Long.MAX_VALUE;
  private boolean alone;

  /**
   * @param runs of the model, at least 1
   * @param deadlineMs in epoch ms
   */
  public Claim(int runs, long deadlineMs) {
    this(runs, deadlineMs, false);
  }

  /**
   * @param mayEndEarly whether what a run gives may make those behind it needless
   */
  public Claim(int runs, long deadlineMs, boolean mayEndEarly) {
    if (runs < 1) {
      throw new IllegalArgumentException("runs is " + runs);
    }
    this.runs = runs;
    this.deadlineMs = deadlineMs;
    this.mayEndEarly = mayEndEarly;
  }

  public long deadlineMs() {
    return deadlineMs;
  }

  /** Whether all runs have ended. */
  public boolean isDone() {
    return ended == runs;
  }

  /** Runs that have not ended. */
  int left() {
    return runs - ended;
  }

  /** Runs that have not begun. */
  int waiting() {
    return runs - begun;
  }

  /** Whether its next run may turn out to be needless: one that it depends on has not ended. */
  boolean isAhead() {
    return mayEndEarly && begun > ended;
  }

  /** It was taken on because nothing else was there, whatever the estimate said. */
  void takeAlone() {
    alone = true;
  }

  /** The number of the run that begins, from 0. */
  int begin() {
    return begun++;
  }

  void end(long nanos) {
    ended++;
    fastestNanos = Math.min(fastestNanos, nanos);
  }

  /**
   * Nanoseconds that each of its runs takes at least: those of its fastest, or of the estimate if
   * that is less. One that was taken on alone does not trust the estimate, nor its first few runs;
   * until then 0.
   */
  double runNanosMin(CostEstimate estimate) {
    return alone && ended < TRIED ? 0 : Math.min((double) fastestNanos, estimate.nanos());
  }
}
