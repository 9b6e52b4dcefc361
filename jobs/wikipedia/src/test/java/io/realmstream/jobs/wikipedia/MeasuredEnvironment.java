package io.realmstream.jobs.wikipedia;

import io.realmstream.jobs.RecordedMetrics;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.metrics.groups.InternalOperatorMetricGroup;
import org.apache.flink.runtime.metrics.util.InterceptingOperatorMetricGroup;
import org.apache.flink.runtime.metrics.util.InterceptingTaskMetricGroup;
import org.apache.flink.runtime.operators.testutils.MockEnvironment;
import org.apache.flink.runtime.operators.testutils.MockEnvironmentBuilder;

/** Where a harness runs its operator: one whose metrics can be read. */
public final class MeasuredEnvironment {
  private static final long MANAGED_MEMORY_BYTES = 3 << 20;
  private static final int KEY_GROUPS = 16;

  private final RecordedMetrics recorded = new RecordedMetrics();

  public MockEnvironment create() {
    InternalOperatorMetricGroup operator =
        new InterceptingOperatorMetricGroup() {
          @Override
          public MetricGroup addGroup(String name) {
            return recorded.addGroup(name);
          }
        };
    return new MockEnvironmentBuilder()
        .setManagedMemorySize(MANAGED_MEMORY_BYTES)
        .setMaxParallelism(KEY_GROUPS)
        .setParallelism(1)
        .setSubtaskIndex(0)
        .setMetricGroup(
            new InterceptingTaskMetricGroup() {
              @Override
              public InternalOperatorMetricGroup getOrAddOperator(
                  OperatorID id, String name, Map<String, String> variables) {
                return operator;
              }
            })
        .build();
  }

  /** What a counter or a gauge shows, for instance {@code realm.requests}. */
  public long value(String name) {
    return recorded.value(name);
  }

  /** The metrics' names as the README writes them: {@code statements{outcome}}. */
  public Set<String> names() {
    return recorded.all().keySet().stream()
        .map(name -> name.substring("realm.".length()))
        .map(name -> name.replaceFirst("^(\\w+)\\.\\w+\\.(\\w+)$", "$2{$1}"))
        .collect(Collectors.toSet());
  }
}
