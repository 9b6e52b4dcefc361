package io.realmstream.deploy.embedded;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Our metrics, each as "operator metric": those that Prometheus reads, those in OPERATING.md. */
final class ScrapedMetrics {
  private static final Pattern SAMPLE =
      Pattern.compile(
          "(?m)^flink_taskmanager_job_task_operator_realm_(\\w+)\\{.*?operator_name=\"([^\"]+)\"");

  /** A row: operators, then a metric with its label if it has one. */
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| (`.+`) \\| `(\\w+)(?:\\{(\\w+)})?` \\|");

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private ScrapedMetrics() {}

  /** The dead letters that an operator has counted, all reasons and subtasks together. */
  static int deadLetters(int port, String operator) throws IOException, InterruptedException {
    Pattern sample =
        Pattern.compile(
            "(?m)^\\w+_realm_reason_deadLetters\\{.*operator_name=\"%s\".*} (\\S+)"
                .formatted(operator));
    return (int)
        sample
            .matcher(page(port))
            .results()
            .mapToDouble(found -> Double.parseDouble(found.group(1)))
            .sum();
  }

  static String page(int port) throws IOException, InterruptedException {
    URI page = URI.create("http://localhost:" + port + "/metrics");
    return CLIENT
        .send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }

  static Set<String> of(int port) throws IOException, InterruptedException {
    String body = page(port);
    Set<String> metrics = new TreeSet<>();
    Matcher samples = SAMPLE.matcher(body);
    while (samples.find()) {
      // a histogram has quantiles under its name, and its count
      metrics.add(samples.group(2) + " " + samples.group(1).replaceFirst("_count$", ""));
    }
    return metrics;
  }

  /** In Prometheus's names: a labelled metric has its label before it. */
  static Set<String> listed() throws IOException {
    Path inModule = Path.of("..", "..", "jobs", "OPERATING.md");
    Path page = Files.exists(inModule) ? inModule : Path.of("jobs", "OPERATING.md");
    Set<String> metrics = new TreeSet<>();
    Matcher rows = ROW.matcher(Files.readString(page));
    while (rows.find()) {
      String metric = rows.group(3) == null ? rows.group(2) : rows.group(3) + "_" + rows.group(2);
      for (String operator : rows.group(1).split(",", -1)) {
        metrics.add(operator.strip().replace("`", "") + " " + metric);
      }
    }
    return metrics;
  }
}
