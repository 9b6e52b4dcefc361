package io.realmstream.deploy.metrics;

import io.prometheus.client.Collector;
import io.prometheus.client.Collector.MetricFamilySamples.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.HistogramStatistics;
import org.apache.flink.metrics.LogicalScopeProvider;
import org.apache.flink.metrics.Meter;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricGroup;

/**
 * One of Flink's metrics under the name and labels that Prometheus gives it: {@code
 * flink_<scope>_<name>}, and a label for each of the scope's variables.
 *
 * @param labels values in the order of {@code labelNames}
 */
record ReportedMetric(Metric metric, String name, List<String> labelNames, List<String> labels) {
  private static final double[] QUANTILES = {0.5, 0.75, 0.95, 0.98, 0.99, 0.999};

  static ReportedMetric of(Metric metric, String name, MetricGroup group) {
    String scope =
        LogicalScopeProvider.castFrom(group).getLogicalScope(ReportedMetric::allowed, '_');
    Map<String, String> variables = new TreeMap<>();
    // a variable's name stands in angle brackets
    group
        .getAllVariables()
        .forEach((key, value) -> variables.put(allowed(key.replaceAll("^<|>$", "")), value));
    return new ReportedMetric(
        metric,
        "flink_" + scope + "_" + allowed(name),
        List.copyOf(variables.keySet()),
        List.copyOf(variables.values()));
  }

  /** A histogram is a summary; counters may be taken back, so that they are gauges, too. */
  Collector.Type type() {
    return metric instanceof Histogram ? Collector.Type.SUMMARY : Collector.Type.GAUGE;
  }

  /** The values now; none of a gauge that is no number. */
  List<Sample> samples() {
    if (metric instanceof Counter counter) {
      return List.of(sample((double) counter.getCount()));
    } else if (metric instanceof Meter meter) {
      return List.of(sample(meter.getRate()));
    } else if (metric instanceof Gauge<?> gauge) {
      Object value = gauge.getValue();
      if (value instanceof Boolean yes) {
        return List.of(sample(yes ? 1 : 0));
      }
      return value instanceof Number number ? List.of(sample(number.doubleValue())) : List.of();
    }
    return metric instanceof Histogram histogram ? samples(histogram) : List.of();
  }

  private List<Sample> samples(Histogram histogram) {
    List<Sample> samples = new ArrayList<>();
    samples.add(new Sample(name + "_count", labelNames, labels, (double) histogram.getCount()));
    HistogramStatistics statistics = histogram.getStatistics();
    for (double quantile : QUANTILES) {
      samples.add(
          new Sample(
              name,
              with(labelNames, "quantile"),
              with(labels, Double.toString(quantile)),
              statistics.getQuantile(quantile)));
    }
    return samples;
  }

  private Sample sample(double value) {
    return new Sample(name, labelNames, labels, value);
  }

  private static List<String> with(List<String> list, String last) {
    List<String> longer = new ArrayList<>(list);
    longer.add(last);
    return longer;
  }

  private static String allowed(String name) {
    return name.replaceAll("[^a-zA-Z0-9:_]", "_");
  }
}
