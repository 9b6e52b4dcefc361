package io.realmstream.jobs.updater.documents;

import io.realmstream.jobs.OperatorMetrics;
import io.realmstream.model.onnx.SharedModels;
import io.realmstream.model.updating.build.BuildProgress;
import io.realmstream.model.updating.reuse.KnownOutputs;
import io.realmstream.model.updating.schedule.EmbedPool;
import io.realmstream.model.updating.schedule.Scheduler;
import io.realmstream.schemas.document.Outcome;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.flink.metrics.Counter;
import org.jspecify.annotations.Nullable;

/** The documents operator in numbers. */
final class UpdaterMetrics {
  private static final long UNKNOWN = -1;
  private static final long NONE_WAITS = Long.MAX_VALUE;

  private final OperatorMetrics metrics;
  private final Map<Outcome, Counter> outcomes = new EnumMap<>(Outcome.class);
  private final Counter repeatsIgnored;
  private final Counter selfChecksFailed;
  private final Counter republished;
  private volatile long oldestMs = UNKNOWN;

  UpdaterMetrics(OperatorMetrics metrics) {
    this.metrics = metrics;
    for (Outcome outcome : Outcome.values()) {
      outcomes.put(
          outcome,
          metrics.of("outcome", outcome.name().toLowerCase(Locale.ROOT)).counter("documents"));
    }
    repeatsIgnored = metrics.counter("pendingRepeatsIgnored");
    selfChecksFailed = metrics.counter("selfChecksFailed");
    republished = metrics.counter("documentsRepublished");
    metrics.gauge("oldestEditMs", this::oldestEditMs);
  }

  /**
   * Tells which edit has waited longest.
   *
   * @param edit its Kafka timestamp, in epoch ms; null = none waits
   */
  void oldest(@Nullable Long edit) {
    oldestMs = edit == null ? NONE_WAITS : edit;
  }

  private long oldestEditMs() {
    long oldest = oldestMs;
    if (oldest == UNKNOWN) {
      return UNKNOWN;
    }
    return oldest == NONE_WAITS ? 0 : Math.max(0, System.currentTimeMillis() - oldest);
  }

  /**
   * Tells what the run started from.
   *
   * @param checkpoint its number; 0 = it began without state
   */
  void restored(long checkpoint) {
    metrics.gauge("restoredCheckpoint", () -> checkpoint);
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
  void countSelfCheckFailed() {
    selfChecksFailed.inc();
  }

  /** What is reported of the operator's parts. */
  void register(Scheduler scheduler, EmbedPool pool) {
    metrics.gauge("encodersFailing", scheduler::encodersFailing);
    metrics.gauge("modelsFailed", SharedModels::failures);
    metrics.gauge("editsPending", scheduler::editTasks);
    metrics.gauge("documentsQueued", scheduler::tasks);
    growing("passagesEmbedded", pool, KnownOutputs.Effort.EMBEDDED);
    growing("passagesReprojected", pool, KnownOutputs.Effort.REPROJECTED);
    growing("passagesReused", pool, KnownOutputs.Effort.REUSED);
    metrics.gauge("passagesChecked", () -> pool.passages(KnownOutputs.Effort.CHECKED));
    metrics.gauge("embedThreads", pool::threads);
    metrics.gauge("embedThreadsBusy", pool::busy);
  }

  private void growing(String name, EmbedPool pool, KnownOutputs.Effort effort) {
    metrics.gauge(name, () -> pool.passages(effort));
    metrics.rate(name + "PerSecond", () -> pool.passages(effort));
  }

  /** How far a version is. */
  void version(int version, Supplier<BuildProgress.Numbers> numbers) {
    OperatorMetrics of = metrics.of("version", version);
    of.gauge("documentsDone", () -> numbers.get().done());
    of.rate("documentsDonePerSecond", () -> numbers.get().done());
    of.gauge("documentsLeft", () -> numbers.get().left());
    of.gauge("secondsLeft", () -> numbers.get().secondsLeft());
    of.gauge("sinceProgressMs", () -> sinceMs(numbers.get().progressMs()));
  }

  private static long sinceMs(long ms) {
    return ms == 0 ? UNKNOWN : Math.max(0, System.currentTimeMillis() - ms);
  }
}
