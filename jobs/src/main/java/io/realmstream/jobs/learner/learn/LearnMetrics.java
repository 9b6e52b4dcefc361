package io.realmstream.jobs.learner.learn;

import io.realmstream.jobs.OperatorMetrics;
import io.realmstream.model.learning.feedback.LiveFeedback;
import io.realmstream.model.learning.live.LivePassages;
import io.realmstream.schemas.learning.LearningOutcome;
import io.realmstream.schemas.learning.LearningProgress;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.flink.metrics.Counter;

/** The learner in numbers. */
final class LearnMetrics {
  private static final int MILLI = 1_000;

  private final OperatorMetrics metrics;
  private final Map<LearningOutcome, Counter> passes = new EnumMap<>(LearningOutcome.class);
  private final Counter requests;

  /** Read by the reporters' threads. */
  private volatile long steps;

  private volatile long lossMilli;

  LearnMetrics(OperatorMetrics metrics) {
    this.metrics = metrics;
    for (LearningOutcome outcome : LearningOutcome.values()) {
      passes.put(outcome, metrics.of("outcome", outcome).counter("passes"));
    }
    requests = metrics.counter("republicationsAsked");
    metrics.gauge("steps", () -> steps);
    metrics.gauge("lossMilli", () -> lossMilli);
  }

  /** Shows the passages. */
  void register(LivePassages passages) {
    metrics.gauge("passages", passages::size);
    metrics.gauge("passagesLeftOut", passages::leftOut);
  }

  /** Shows feedback. */
  void register(LiveFeedback feedback) {
    metrics.gauge("feedback", feedback::size);
    metrics.gauge("feedbackLeftOut", feedback::leftOut);
  }

  /**
   * Shows what waits.
   *
   * @param passages whose sentences are not embedded yet
   */
  void register(LongSupplier passages) {
    metrics.gauge("passagesWaiting", passages);
  }

  /** Shows how many documents are held until their window has been read. */
  void held(LongSupplier documents) {
    metrics.gauge("documentsHeld", documents);
  }

  void passed(LearningOutcome outcome, LearningProgress progress) {
    count(outcome);
    steps = progress.steps();
    lossMilli = Math.round(progress.loss() * MILLI);
  }

  void asked() {
    requests.inc();
  }

  void count(LearningOutcome outcome) {
    Counter counter = passes.get(outcome);
    if (counter != null) {
      counter.inc();
    }
  }
}
