package io.realmstream.jobs;

import java.util.Map;
import java.util.Objects;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.metrics.groups.InternalOperatorMetricGroup;
import org.apache.flink.runtime.metrics.util.InterceptingOperatorMetricGroup;
import org.apache.flink.runtime.metrics.util.InterceptingTaskMetricGroup;
import org.apache.flink.runtime.operators.testutils.MockEnvironmentBuilder;

/** An operator in a harness whose metrics can be read. */
public final class MeasuredOperator {
  /** Takes its groups' metrics for its own; those that are read have one name each. */
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

  /** Where a harness is to run it. */
  public MockEnvironmentBuilder environment() {
    return new MockEnvironmentBuilder()
        .setMetricGroup(
            new InterceptingTaskMetricGroup() {
              @Override
              public InternalOperatorMetricGroup getOrAddOperator(
                  OperatorID id, String name, Map<String, String> variables) {
                return metrics;
              }
            });
  }

  public Metric metric(String name) {
    return Objects.requireNonNull(metrics.get(name), name);
  }
}
