package io.realmstream.jobs;

import io.realmstream.jobs.DeadLetters.Reason;
import java.util.EnumMap;
import java.util.Map;
import org.apache.flink.metrics.Counter;

/** Makes and counts the dead letters of one operator. */
public final class Refusals {
  private final String stage;
  private final Map<Reason, Counter> counters = new EnumMap<>(Reason.class);

  /**
   * @param stage uid of the operator
   * @param reasons that it refuses records for
   */
  public Refusals(String stage, OperatorMetrics metrics, Reason... reasons) {
    this.stage = stage;
    for (Reason reason : reasons) {
      counters.put(reason, metrics.of("reason", reason).counter("deadLetters"));
    }
  }

  /** A dead letter for {@code record}; the message names field and limit. */
  public OutboundRecord refuse(InboundRecord record, Reason reason, String message) {
    count(reason);
    return DeadLetters.of(record, stage, reason, message);
  }

  /** A dead letter for a document whose original record is no longer at hand. */
  public OutboundRecord refuse(String document, Reason reason, String message) {
    count(reason);
    return DeadLetters.of(document, stage, reason, message);
  }

  private void count(Reason reason) {
    Counter counter = counters.get(reason);
    if (counter == null) {
      throw new IllegalArgumentException(stage + " does not refuse for " + reason);
    }
    counter.inc();
  }
}
