package io.realmstream.model.marginal;

/** log(sum exp(v)) that neither overflows nor underflows: natural log, summed in array order. */
public final class LogSumExp {
  private LogSumExp() {}

  /** -infinity for no values, or for none above it. */
  public static double of(double[] values) {
    double max = Double.NEGATIVE_INFINITY;
    for (double value : values) {
      max = Math.max(max, value);
    }
    if (max == Double.NEGATIVE_INFINITY) {
      return max;
    }
    double sum = 0;
    for (double value : values) {
      sum += Math.exp(value - max);
    }
    return max + Math.log(sum);
  }

  /**
   * Each value less the log-sum-exp of all. None is above 0, and their exponentials sum to 1,
   * however large the values are: their maximum is taken off first, which leaves little to round.
   */
  static double[] normalized(double[] values) {
    double max = Double.NEGATIVE_INFINITY;
    for (double value : values) {
      max = Math.max(max, value);
    }
    double sum = 0;
    for (double value : values) {
      sum += Math.exp(value - max);
    }
    double log = Math.log(sum);
    double[] logs = new double[values.length];
    for (int i = 0; i < logs.length; i++) {
      logs[i] = values[i] - max - log;
    }
    return logs;
  }
}
