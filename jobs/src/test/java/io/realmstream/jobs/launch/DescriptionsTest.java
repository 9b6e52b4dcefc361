package io.realmstream.jobs.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.jobs.graph.MemoryEnds;
import io.realmstream.jobs.learner.RetrieverLearner;
import io.realmstream.jobs.retriever.KnowledgeRetriever;
import io.realmstream.jobs.updater.KnowledgeUpdater;
import io.realmstream.schemas.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.Test;

/** What Flink's dashboard says of each operator. Flink describes sinks itself. */
class DescriptionsTest {
  /** Flink's own, of sources and of every operator. */
  private static final Set<String> FLINKS =
      Set.of("pendingRecords", "numRecordsIn", "numRecordsOut");

  private static final Pattern LINES = Pattern.compile("[^\\n]+\\nWell: (\\w+) [^\\n]+");
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| (`.+`) \\| `(\\w+)(?:\\{\\w+})?` \\|");

  @Test
  void secondLineNamesAMetricThatTheOperatorHas() throws Exception {
    Set<String> listed = listed();
    for (StreamNode node : nodes()) {
      String name = node.getOperatorName();
      if (name.contains("-sink: ")) {
        continue;
      }
      Matcher lines = LINES.matcher(node.getOperatorDescription());
      assertThat(lines.matches()).as(name + ": " + node.getOperatorDescription()).isTrue();
      String metric = lines.group(1);
      assertThat(FLINKS.contains(metric) || listed.contains(name + " " + metric))
          .as(name + " " + metric)
          .isTrue();
    }
  }

  private static List<StreamNode> nodes() throws Exception {
    MemoryEnds ends = new MemoryEnds(new Topics("realm"));
    StreamExecutionEnvironment updater =
        StreamExecutionEnvironment.getExecutionEnvironment(new Configuration());
    KnowledgeUpdater.build(updater, new Configuration(), ends);
    StreamExecutionEnvironment retriever =
        StreamExecutionEnvironment.getExecutionEnvironment(new Configuration());
    KnowledgeRetriever.build(retriever, new Configuration(), ends);
    StreamExecutionEnvironment learner =
        StreamExecutionEnvironment.getExecutionEnvironment(new Configuration());
    RetrieverLearner.build(learner, GraphsTest.learning(), ends);
    List<StreamNode> nodes = new ArrayList<>(updater.getStreamGraph().getStreamNodes());
    nodes.addAll(retriever.getStreamGraph().getStreamNodes());
    nodes.addAll(learner.getStreamGraph().getStreamNodes());
    return nodes;
  }

  /** The tables of OPERATING.md and LEARNER.md, each row as "operator metric". */
  private static Set<String> listed() throws Exception {
    Set<String> listed = new TreeSet<>();
    Matcher rows =
        ROW.matcher(
            Files.readString(Path.of("OPERATING.md")) + Files.readString(Path.of("LEARNER.md")));
    while (rows.find()) {
      for (String operator : rows.group(1).split(",", -1)) {
        listed.add(operator.strip().replace("`", "") + " " + rows.group(2));
      }
    }
    return listed;
  }
}
