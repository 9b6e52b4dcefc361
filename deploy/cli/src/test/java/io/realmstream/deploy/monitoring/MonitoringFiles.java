package io.realmstream.deploy.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The files below {@code deploy/monitoring}, the runbook, and the metrics that the page lists. */
public final class MonitoringFiles {
  private static final String OURS = "flink_taskmanager_job_task_operator_realm_";
  private static final Pattern METRIC = Pattern.compile("flink_\\w+");
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| (`.+`) \\| `(\\w+)(?:\\{(\\w+)})?` \\|");

  private MonitoringFiles() {}

  /** A rule. */
  public record Alert(
      String name, String expression, String severity, String summary, String runbook) {}

  /** One query of the dashboard, or of its annotations. */
  public record Query(String panel, String expression) {
    /** Whether it asks for what only the follower of wikis has, which not every run has. */
    public boolean isOfFollower() throws IOException {
      Matcher names = METRIC.matcher(expression);
      return names.find() && MonitoringFiles.isOfFollower(names.group());
    }
  }

  /** The project's folder, from wherever the tests run. */
  public static Path root() {
    Path here = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(here.resolve("deploy").resolve("monitoring"))) {
      here = Objects.requireNonNull(here.getParent(), "not below the project");
    }
    return here;
  }

  public static Path monitoring(String file) {
    return root().resolve("deploy").resolve("monitoring").resolve(file);
  }

  public static String text(String... path) throws IOException {
    return Files.readString(root().resolve(Path.of("deploy", path)));
  }

  /** All rules, in their order; a name may stand more than once. */
  public static List<Alert> alerts() throws IOException {
    List<Alert> alerts = new ArrayList<>();
    JsonNode file = new YAMLMapper().readTree(monitoring("alerts.yaml").toFile());
    for (JsonNode rule : file.path("groups").path(0).path("rules")) {
      JsonNode annotations = rule.path("annotations");
      alerts.add(
          new Alert(
              rule.path("alert").asText(),
              rule.path("expr").asText(),
              rule.path("labels").path("severity").asText(),
              annotations.path("summary").asText(),
              annotations.path("runbook").asText()));
    }
    return alerts;
  }

  public static JsonNode alertTests() throws IOException {
    return new YAMLMapper().readTree(monitoring("alerts.test.yaml").toFile()).path("tests");
  }

  public static JsonNode dashboard() throws IOException {
    return new ObjectMapper().readTree(monitoring("dashboard.json").toFile());
  }

  /** Rows and panels as they stand on the screen; those of a closed row behind it. */
  public static List<JsonNode> panels() throws IOException {
    List<JsonNode> panels = new ArrayList<>();
    for (JsonNode panel : dashboard().path("panels")) {
      panels.add(panel);
      panel.path("panels").forEach(panels::add);
    }
    return panels;
  }

  /** What the panels ask. */
  public static List<Query> queries() throws IOException {
    List<Query> queries = new ArrayList<>();
    for (JsonNode panel : panels()) {
      for (JsonNode target : panel.path("targets")) {
        queries.add(new Query(panel.path("title").asText(), target.path("expr").asText()));
      }
    }
    return queries;
  }

  /** What the annotations ask: mostly nothing happens. */
  public static List<Query> annotations() throws IOException {
    List<Query> queries = new ArrayList<>();
    for (JsonNode annotation : dashboard().path("annotations").path("list")) {
      queries.add(new Query(annotation.path("name").asText(), annotation.path("expr").asText()));
    }
    return queries;
  }

  /** Every metric that alerts or dashboard name. */
  public static Set<String> metrics() throws IOException {
    Set<String> metrics = new TreeSet<>();
    List<String> expressions = new ArrayList<>(alerts().stream().map(Alert::expression).toList());
    queries().forEach(query -> expressions.add(query.expression()));
    annotations().forEach(query -> expressions.add(query.expression()));
    for (String expression : expressions) {
      Matcher names = METRIC.matcher(expression);
      while (names.find()) {
        metrics.add(names.group());
      }
    }
    return metrics;
  }

  public static boolean isOurs(String metric) {
    return metric.startsWith(OURS);
  }

  /** Our metrics as Prometheus names them, from the tables of all jobs. */
  public static Set<String> listed() throws IOException {
    Set<String> listed = listed("OPERATING.md");
    listed.addAll(listed("wikipedia/README.md"));
    return listed;
  }

  /** Whether only the follower of wikis has it, which not every run has. */
  public static boolean isOfFollower(String metric) throws IOException {
    return isOurs(metric) && !listed("OPERATING.md").contains(metric);
  }

  private static Set<String> listed(String page) throws IOException {
    Set<String> listed = new TreeSet<>();
    Matcher rows = ROW.matcher(Files.readString(root().resolve("jobs").resolve(page)));
    while (rows.find()) {
      String label = rows.group(3) == null ? "" : rows.group(3) + "_";
      listed.add(OURS + label + rows.group(2));
    }
    return listed;
  }
}
