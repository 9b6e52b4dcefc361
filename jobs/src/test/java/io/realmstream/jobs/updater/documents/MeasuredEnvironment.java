package io.realmstream.jobs.updater.documents;

import io.realmstream.model.updating.reuse.KnownOutputs;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.metrics.groups.InternalOperatorMetricGroup;
import org.apache.flink.runtime.metrics.util.InterceptingOperatorMetricGroup;
import org.apache.flink.runtime.metrics.util.InterceptingTaskMetricGroup;
import org.apache.flink.runtime.operators.testutils.MockEnvironment;
import org.apache.flink.runtime.operators.testutils.MockEnvironmentBuilder;

/** Where the harness runs its operator: one whose metrics can be read. */
final class MeasuredEnvironment {
  private static final long MANAGED_MEMORY_BYTES = 3 << 20;

  /** Takes its groups' metrics for its own; those that are read here have one name each. */
  private final InterceptingOperatorMetricGroup metrics =
      new InterceptingOperatorMetricGroup() {
        @Override
        public MetricGroup addGroup(String name) {
          return this;
        }

        @Override
        public MetricGroup addGroup(String key, String value) {
          return this;
        }
      };

  MockEnvironment of(DocumentsHarness.Place place) {
    return new MockEnvironmentBuilder()
        .setManagedMemorySize(MANAGED_MEMORY_BYTES)
        .setMaxParallelism(DocumentsHarness.SHARDS)
        .setParallelism(place.subtasks())
        .setSubtaskIndex(place.subtask())
        .setMetricGroup(
            new InterceptingTaskMetricGroup() {
              @Override
              public InternalOperatorMetricGroup getOrAddOperator(
                  OperatorID id, String name, Map<String, String> variables) {
                return metrics;
              }
            })
        .build();
  }

  /** Passages that have taken so much. */
  long passages(KnownOutputs.Effort effort) {
    String name = effort.name().toLowerCase(Locale.ROOT);
    Metric metric =
        metrics.get("passages" + Character.toUpperCase(name.charAt(0)) + name.substring(1));
    return ((Number) ((Gauge<?>) Objects.requireNonNull(metric, name)).getValue()).longValue();
  }
}
