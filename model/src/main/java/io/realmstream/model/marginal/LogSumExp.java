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
}
