package io.realmstream.jobs.updater;

import io.realmstream.jobs.OperatorMetrics;
import io.realmstream.schemas.document.Outcome;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.flink.metrics.Counter;

/** The documents operator in numbers. */
final class UpdaterMetrics {
  private final OperatorMetrics metrics;
  private final Map<Outcome, Counter> outcomes = new EnumMap<>(Outcome.class);
  private final Counter repeatsIgnored;
  private final Counter held;
  private final Counter republished;

  UpdaterMetrics(OperatorMetrics metrics) {
    this.metrics = metrics;
    for (Outcome outcome : Outcome.values()) {
      outcomes.put(
          outcome,
          metrics.of("outcome", outcome.name().toLowerCase(Locale.ROOT)).counter("documents"));
    }
    repeatsIgnored = metrics.counter("pendingRepeatsIgnored");
    held = metrics.counter("selfChecksFailed");
    republished = metrics.counter("documentsRepublished");
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

  /** A document was published once more in a version. */
  void countRepublished() {
    republished.inc();
  }

  /** A shard is not what a fresh embedding would make it. */
  void countHeld() {
    held.inc();
  }

  /** A number that only grows, and by how much it does so a second. */
  void growing(String name, String rate, LongSupplier value) {
    metrics.gauge(name, value);
    metrics.rate(rate, value);
  }

  /** How far a version is. */
  void version(int version, Supplier<BuildProgress.Numbers> numbers) {
    OperatorMetrics of = metrics.of("version", version);
    of.gauge("documentsDone", () -> numbers.get().done());
    of.rate("documentsDonePerSecond", () -> numbers.get().done());
    of.gauge("documentsLeft", () -> numbers.get().left());
    of.gauge("secondsLeft", () -> numbers.get().secondsLeft());
  }

  void gauge(String name, LongSupplier value) {
    metrics.gauge(name, value);
  }
}
