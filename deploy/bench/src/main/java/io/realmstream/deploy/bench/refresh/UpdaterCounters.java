package io.realmstream.deploy.bench.refresh;

import io.realmstream.deploy.cli.CommandFailure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the updater has done with passages since its start, as its metrics say.
 *
 * @param embedded runs of the transformer
 * @param reprojected vectors made from stored trunk outputs of live passages
 * @param reused vectors made from those of passages lost lately
 * @param checked runs of the transformer by self-checks
 */
record UpdaterCounters(long embedded, long reprojected, long reused, long checked) {

  /**
   * Reads them.
   *
   * @param port where Prometheus would
   */
  static UpdaterCounters at(int port) {
    URI page = URI.create("http://localhost:" + port + "/metrics");
    try {
      String text =
          HttpClient.newHttpClient()
              .send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofString())
              .body();
      return parse(text);
    } catch (IOException e) {
      throw CommandFailure.failed("no metrics at " + page + ": " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandFailure.failed("interrupted");
    }
  }

  /** Adds up the subtasks. */
  static UpdaterCounters parse(String metrics) {
    return new UpdaterCounters(
        sum(metrics, "passagesEmbedded"),
        sum(metrics, "passagesReprojected"),
        sum(metrics, "passagesReused"),
        sum(metrics, "passagesChecked"));
  }

  UpdaterCounters since(UpdaterCounters before) {
    return new UpdaterCounters(
        embedded - before.embedded,
        reprojected - before.reprojected,
        reused - before.reused,
        checked - before.checked);
  }

  /** Passages touched in whatever way. */
  long touched() {
    return embedded + reprojected + reused + checked;
  }

  private static long sum(String metrics, String name) {
    Matcher samples =
        Pattern.compile(
                "(?m)^flink_taskmanager_job_task_operator_realm_"
                    + name
                    + "\\{.*?operator_name=\"documents\".*?\\} (\\S+)$")
            .matcher(metrics);
    long sum = 0;
    int subtasks = 0;
    while (samples.find()) {
      sum += (long) Double.parseDouble(samples.group(1));
      subtasks++;
    }
    if (subtasks == 0) {
      throw CommandFailure.failed("the updater has no metric " + name);
    }
    return sum;
  }
}
