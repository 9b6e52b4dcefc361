package io.realmstream.model.admission;

/**
 * What one run of a model takes, learned from the runs that ended: a mean in which each new run has
 * an eighth, so that a cold start is forgotten within some twenty runs. A single run counts as at
 * most four times the mean before it: a pause of the machine says nothing about the next run.
 */
final class CostEstimate {
  private static final double NEWEST = 0.125;
  private static final double OUTLIER = 4;

  private double nanos;
  private boolean known;

  /** Whether any run has ended yet. */
  boolean isKnown() {
    return known;
  }

  /** Nanoseconds of one run; 0 while nothing is known. */
  double nanos() {
    return nanos;
  }

  void add(long tookNanos) {
    nanos =
        known
            ? nanos + NEWEST * (Math.min((double) tookNanos, OUTLIER * nanos) - nanos)
            : tookNanos;
    known = true;
  }
}
