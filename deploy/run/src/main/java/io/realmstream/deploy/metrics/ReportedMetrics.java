package io.realmstream.deploy.metrics;

import io.prometheus.client.Collector;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** All metrics that there are now, by name. Thread-safe. */
final class ReportedMetrics extends Collector {
  private final Map<String, Set<ReportedMetric>> byName = new TreeMap<>();

  synchronized void add(ReportedMetric metric) {
    byName.computeIfAbsent(metric.name(), name -> new LinkedHashSet<>()).add(metric);
  }

  synchronized void remove(ReportedMetric metric) {
    Set<ReportedMetric> same = byName.get(metric.name());
    if (same != null && same.remove(metric) && same.isEmpty()) {
      byName.remove(metric.name());
    }
  }

  @Override
  public List<MetricFamilySamples> collect() {
    List<MetricFamilySamples> families = new ArrayList<>();
    // values are asked for outside of the lock: a gauge may take its time
    for (List<ReportedMetric> same : snapshot()) {
      ReportedMetric first = same.get(0);
      families.add(
          new MetricFamilySamples(
              first.name(),
              first.type(),
              first.name(),
              same.stream().flatMap(metric -> metric.samples().stream()).toList()));
    }
    return families;
  }

  private synchronized List<List<ReportedMetric>> snapshot() {
    return byName.values().stream().map(List::copyOf).toList();
  }
}
