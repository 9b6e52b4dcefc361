package io.realmstream.jobs.updater.documents;

import io.realmstream.jobs.MeasuredOperator;
import io.realmstream.model.updating.reuse.KnownOutputs;
import java.util.Locale;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.runtime.operators.testutils.MockEnvironment;

/** Where the harness runs its operator: one whose metrics can be read. */
final class MeasuredEnvironment {
  private static final long MANAGED_MEMORY_BYTES = 3 << 20;

  private final MeasuredOperator operator = new MeasuredOperator();

  MockEnvironment of(DocumentsHarness.Place place) {
    return operator
        .environment()
        .setManagedMemorySize(MANAGED_MEMORY_BYTES)
        .setMaxParallelism(DocumentsHarness.SHARDS)
        .setParallelism(place.subtasks())
        .setSubtaskIndex(place.subtask())
        .build();
  }

  /** Passages that have taken so much. */
  long passages(KnownOutputs.Effort effort) {
    String name = effort.name().toLowerCase(Locale.ROOT);
    String metric = "passages" + Character.toUpperCase(name.charAt(0)) + name.substring(1);
    return ((Number) ((Gauge<?>) operator.metric(metric)).getValue()).longValue();
  }
}
