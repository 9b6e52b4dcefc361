package io.realmstream.jobs;

import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.Meter;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;

/** An operator's metrics by their names, each behind its groups: {@code realm.kernel.x.inUse}. */
public final class RecordedMetrics extends UnregisteredMetricsGroup {
  private final String prefix;
  private final Map<String, Metric> all;

  public RecordedMetrics() {
    this("", new TreeMap<>());
  }

  private RecordedMetrics(String prefix, Map<String, Metric> all) {
    this.prefix = prefix;
    this.all = all;
  }

  public Map<String, Metric> all() {
    return all;
  }

  /** What a counter or a gauge shows. */
  public long value(String name) {
    Metric metric = all.get(name);
    if (metric instanceof Counter counter) {
      return counter.getCount();
    }
    if (metric instanceof Gauge<?> gauge) {
      return ((Number) gauge.getValue()).longValue();
    }
    throw new AssertionError(name + " is neither counter nor gauge: " + all.keySet());
  }

  @Override
  public MetricGroup addGroup(String name) {
    return new RecordedMetrics(prefix + name + ".", all);
  }

  @Override
  public MetricGroup addGroup(String label, String value) {
    return new RecordedMetrics(prefix + label + "." + value + ".", all);
  }

  @Override
  public <C extends Counter> C counter(String name, C counter) {
    return added(name, counter);
  }

  @Override
  public <T, G extends Gauge<T>> G gauge(String name, G gauge) {
    return added(name, gauge);
  }

  @Override
  public <M extends Meter> M meter(String name, M meter) {
    return added(name, meter);
  }

  @Override
  public <H extends Histogram> H histogram(String name, H histogram) {
    return added(name, histogram);
  }

  private <M extends Metric> M added(String name, M metric) {
    if (all.put(prefix + name, metric) != null) {
      throw new AssertionError("registered twice: " + prefix + name);
    }
    return metric;
  }
}
