package io.realmstream.deploy.processes;

import com.fasterxml.jackson.databind.JsonNode;
import io.realmstream.deploy.client.ClientException;
import io.realmstream.deploy.flink.FlinkRest;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Takes a checkpoint of each job before a cluster ends, so that the next start repeats little. */
final class LastCheckpoints {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration POLL_INTERVAL = Duration.ofMillis(100);

  private final FlinkRest flink;
  private final Consumer<String> progress;

  /**
   * @param progress is told of jobs that have none; their older ones do
   */
  LastCheckpoints(FlinkRest flink, Consumer<String> progress) {
    this.flink = flink;
    this.progress = progress;
  }

  /** Returns when each running job has one, or has failed to take it. */
  void take() throws InterruptedException {
    Map<FlinkRest.Job, String> asked = new LinkedHashMap<>();
    try {
      for (FlinkRest.Job job : flink.jobs()) {
        if (job.state().equals("RUNNING")) {
          asked.put(job, ask(job));
        }
      }
    } catch (ClientException e) {
      progress.accept("no last checkpoint: " + e.getMessage());
    }
    for (Map.Entry<FlinkRest.Job, String> each : asked.entrySet()) {
      try {
        await(each.getValue());
      } catch (ClientException e) {
        progress.accept(
            "no last checkpoint of %s: %s".formatted(each.getKey().name(), e.getMessage()));
      }
    }
  }

  private String ask(FlinkRest.Job job) {
    String path = "/jobs/" + job.id() + "/checkpoints";
    JsonNode answer = flink.post(path, Map.of("checkpointType", "CONFIGURED"));
    return path + "/" + answer.path("request-id").asText();
  }

  private void await(String path) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      JsonNode answer = flink.get(path);
      if (answer.at("/status/id").asText().equals("COMPLETED")) {
        JsonNode failure = answer.at("/operation/failureCause/class");
        if (!failure.isMissingNode()) {
          throw ClientException.failed(failure.asText());
        }
        return;
      }
      Thread.sleep(POLL_INTERVAL.toMillis());
    }
    throw ClientException.failed("not within %d s".formatted(PATIENCE.toSeconds()));
  }
}
