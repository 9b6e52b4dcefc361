package io.realmstream.jobs;

import java.util.function.LongSupplier;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MeterView;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.ThreadSafeSimpleCounter;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;

/**
 * The numbers of one operator, all under {@code realm} in its scope, which keeps them apart from
 * Flink's own. Their names are a promise: OPERATING.md lists every one, and a test compares.
 */
public final class OperatorMetrics {
  /** How many of the last values a histogram's quantiles are taken from. */
  private static final int HISTOGRAM_VALUES = 1_000;

  private final MetricGroup group;

  /**
   * @param operator the operator's own group
   */
  public OperatorMetrics(MetricGroup operator) {
    this(operator, "realm");
  }

  private OperatorMetrics(MetricGroup parent, String name) {
    group = parent.addGroup(name);
  }

  private OperatorMetrics(MetricGroup parent, String label, String value) {
    group = parent.addGroup(label, value);
  }

  /** The same operator's numbers of one kind of many, {@code label=value}. */
  public OperatorMetrics of(String label, Object value) {
    return new OperatorMetrics(group, label, value.toString());
  }

  /** A counter for any number of threads. */
  public Counter counter(String name) {
    return group.counter(name, new ThreadSafeSimpleCounter());
  }

  public void gauge(String name, LongSupplier value) {
    Gauge<Long> gauge = value::getAsLong;
    group.gauge(name, gauge);
  }

  /** By how much a number that only grows did so a second, over the last minute. */
  public void rate(String name, LongSupplier value) {
    Gauge<Long> gauge = value::getAsLong;
    group.meter(name, new MeterView(gauge));
  }

  /** Quantiles of the last 1,000 values. */
  public Histogram histogram(String name) {
    return group.histogram(name, new DescriptiveStatisticsHistogram(HISTOGRAM_VALUES));
  }
}
