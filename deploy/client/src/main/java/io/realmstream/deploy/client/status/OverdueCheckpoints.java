package io.realmstream.deploy.client.status;

import com.fasterxml.jackson.databind.JsonNode;
import io.realmstream.deploy.client.ClientException;
import io.realmstream.deploy.client.Pace;
import io.realmstream.deploy.flink.FlinkRest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether each running job completes checkpoints. To Flink a job is RUNNING even if nothing moves
 * in it.
 */
final class OverdueCheckpoints {
  /** As the alert CheckpointsFail has it. */
  private static final int INTERVALS_MAX = 5;

  private OverdueCheckpoints() {}

  /** What there is to say; empty = each job has completed one lately, or nobody knows. */
  static List<String> warnings(FlinkRest flink, List<FlinkRest.Job> jobs) {
    List<String> warnings = new ArrayList<>();
    for (FlinkRest.Job job : jobs) {
      String warning = job.state().equals("RUNNING") ? warning(flink, job) : null;
      if (warning != null) {
        warnings.add(warning);
      }
    }
    return warnings;
  }

  private static @Nullable String warning(FlinkRest flink, FlinkRest.Job job) {
    String path = "/jobs/" + job.id() + "/checkpoints";
    try {
      return warning(job, flink.get(path + "/config"), flink.get(path), Instant.now());
    } catch (ClientException e) {
      return null; // it makes none, or has just ended
    }
  }

  /**
   * What there is to say of a job.
   *
   * @param config {@code {"interval": ms}}; the greatest number of all = none begins by itself
   * @param checkpoints {@code {"latest": {"completed": {"latest_ack_timestamp": epoch ms}}}};
   *     before the first one the job's age counts
   */
  static @Nullable String warning(
      FlinkRest.Job job, JsonNode config, JsonNode checkpoints, Instant now) {
    long completedMs = checkpoints.at("/latest/completed/latest_ack_timestamp").asLong(0);
    long sinceMs = Math.min(job.runningForMs(), now.toEpochMilli() - completedMs);
    if (sinceMs / INTERVALS_MAX <= config.path("interval").asLong(Long.MAX_VALUE)) {
      return null;
    }
    return "%s has completed no checkpoint for %s: it may be stuck, although it is %s"
        .formatted(job.name(), Pace.spell(Duration.ofMillis(sinceMs)), job.state());
  }
}
