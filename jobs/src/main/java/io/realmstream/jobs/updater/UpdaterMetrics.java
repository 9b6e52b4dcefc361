package io.realmstream.jobs.updater;

import io.realmstream.schemas.document.Outcome;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/** The documents operator in numbers. */
final class UpdaterMetrics {
  private final MetricGroup group;
  private final Map<Outcome, Counter> outcomes = new EnumMap<>(Outcome.class);
  private final Counter repeatsIgnored;

  UpdaterMetrics(MetricGroup group) {
    this.group = group;
    for (Outcome outcome : Outcome.values()) {
      outcomes.put(
          outcome,
          group.addGroup("outcome", outcome.name().toLowerCase(Locale.ROOT)).counter("documents"));
    }
    repeatsIgnored = group.counter("pendingRepeatsIgnored");
  }

  /** A document in a version came to that outcome. */
  void count(Outcome outcome) {
    Counter counter = outcomes.get(outcome);
    if (counter != null) {
      counter.inc();
    }
  }

  /** The same edit came again before it was published. */
  void countPendingRepeat() {
    repeatsIgnored.inc();
  }

  void gauge(String name, LongSupplier value) {
    Gauge<Long> gauge = value::getAsLong;
    group.gauge(name, gauge);
  }
}
