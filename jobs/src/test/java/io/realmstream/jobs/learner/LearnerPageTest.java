package io.realmstream.jobs.learner;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.jobs.InboundRecord;
import io.realmstream.jobs.RecordedMetrics;
import io.realmstream.jobs.learner.feedback.DecodeFeedbackFunction;
import io.realmstream.jobs.learner.learn.LearnedNames;
import io.realmstream.jobs.learner.trunks.DecodeTrunksFunction;
import io.realmstream.jobs.learner.trunks.TrunkEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.metrics.groups.InternalOperatorMetricGroup;
import org.apache.flink.runtime.metrics.util.InterceptingOperatorMetricGroup;
import org.apache.flink.runtime.metrics.util.InterceptingTaskMetricGroup;
import org.apache.flink.runtime.operators.testutils.MockEnvironment;
import org.apache.flink.runtime.operators.testutils.MockEnvironmentBuilder;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** The table of metrics in LEARNER.md is what the operators have. */
class LearnerPageTest {
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([\\w-]+)` \\| `([\\w{}]+)` \\|");

  private final RecordedMetrics recorded = new RecordedMetrics();

  @Test
  void theMetricsOfDecodeTrunksAreListed() throws Exception {
    OneInputStreamOperatorTestHarness<InboundRecord, TrunkEvent> harness =
        new OneInputStreamOperatorTestHarness<>(
            new ProcessOperator<>(new DecodeTrunksFunction(4)), environment());
    harness.open();
    harness.close();
    assertThat(names()).isEqualTo(listed("decode-trunks")).isNotEmpty();
  }

  @Test
  void theMetricsOfDecodeFeedbackAreListed() throws Exception {
    OneInputStreamOperatorTestHarness<InboundRecord, TrunkEvent> harness =
        new OneInputStreamOperatorTestHarness<>(
            new ProcessOperator<>(new DecodeFeedbackFunction(4)), environment());
    harness.open();
    harness.close();
    assertThat(names()).isEqualTo(listed("decode-feedback")).isNotEmpty();
  }

  @Test
  void theMetricsOfLearnAreListed() throws Exception {
    LearnedNames.register(recorded);
    assertThat(names()).isEqualTo(listed("learn")).isNotEmpty();
  }

  private Set<String> names() {
    return recorded.all().keySet().stream()
        .map(name -> name.substring("realm.".length()))
        .map(name -> name.replaceFirst("^(\\w+)\\.\\w+\\.(\\w+)$", "$2{$1}"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> listed(String operator) throws Exception {
    Set<String> listed = new TreeSet<>();
    Matcher rows = ROW.matcher(Files.readString(Path.of("LEARNER.md")));
    while (rows.find()) {
      if (rows.group(1).equals(operator)) {
        listed.add(rows.group(2));
      }
    }
    return listed;
  }

  private MockEnvironment environment() {
    InternalOperatorMetricGroup operator =
        new InterceptingOperatorMetricGroup() {
          @Override
          public MetricGroup addGroup(String name) {
            return recorded.addGroup(name);
          }
        };
    return new MockEnvironmentBuilder()
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
}
