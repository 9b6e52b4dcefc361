package io.realmstream.jobs.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamNode;

/** What Flink's dashboard says of each operator. Flink describes sinks itself. */
public final class Descriptions {
  /** Flink's own, of sources and of every operator. */
  private static final Set<String> FLINKS =
      Set.of("pendingRecords", "numRecordsIn", "numRecordsOut");

  private static final Pattern LINES = Pattern.compile("[^\\n]+\\nWell: (\\w+) [^\\n]+");
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| (`.+`) \\| `(\\w+)(?:\\{\\w+})?` \\|");

  private Descriptions() {}

  /**
   * The second line of each operator names a metric that it has.
   *
   * @param pages with the tables of metrics
   */
  public static void check(StreamExecutionEnvironment env, Path... pages) throws IOException {
    Set<String> listed = new TreeSet<>();
    for (Path page : pages) {
      listed.addAll(listed(page));
    }
    for (StreamNode node : env.getStreamGraph(false).getStreamNodes()) {
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

  /** The rows of a page, each as "operator metric". */
  private static Set<String> listed(Path page) throws IOException {
    Set<String> listed = new TreeSet<>();
    Matcher rows = ROW.matcher(Files.readString(page));
    while (rows.find()) {
      for (String operator : rows.group(1).split(",", -1)) {
        listed.add(operator.strip().replace("`", "") + " " + rows.group(2));
      }
    }
    return listed;
  }
}
