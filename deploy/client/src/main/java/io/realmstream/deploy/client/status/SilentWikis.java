package io.realmstream.deploy.client.status;

import com.fasterxml.jackson.databind.JsonNode;
import io.realmstream.deploy.client.ClientException;
import io.realmstream.deploy.client.Pace;
import io.realmstream.deploy.flink.FlinkRest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether a wiki answers the job that follows it. Its metrics say so, which Flink's dashboard
 * knows.
 */
final class SilentWikis {
  /** A host may ask for a pause, or be out of reach for a moment. */
  private static final Duration SILENCE_MAX = Duration.ofSeconds(30);

  private static final String JOB = "WikipediaFollower";
  private static final String SILENCE = "pages.realm.unansweredMs";
  private static final String WAITING = "pages.realm.textsWaiting";

  /** The dashboard begins to fetch metrics when it is asked, and has them a little later. */
  private static final int TRIES_MAX = 10;

  private static final Duration PAUSE = Duration.ofMillis(200);

  private SilentWikis() {}

  /** What there is to say; empty = all answer, or nobody knows. */
  static List<String> warnings(FlinkRest flink, List<FlinkRest.Job> jobs) {
    List<String> warnings = new ArrayList<>();
    try {
      for (FlinkRest.Job job : jobs) {
        if (job.name().equals(JOB) && job.state().equals("RUNNING")) {
          warnings.addAll(warnings(flink, job));
        }
      }
    } catch (ClientException e) {
      return warnings; // whoever does not answer is in the line of jobs
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return warnings;
  }

  private static List<String> warnings(FlinkRest flink, FlinkRest.Job job)
      throws InterruptedException {
    JsonNode vertices = flink.get("/jobs/" + job.id()).path("vertices");
    for (int tries = 0; tries < TRIES_MAX; tries++) {
      for (JsonNode vertex : vertices) {
        String path = "/jobs/" + job.id() + "/vertices/" + vertex.path("id").asText();
        JsonNode metrics =
            flink.get(path + "/subtasks/metrics?agg=max&get=" + SILENCE + "," + WAITING);
        if (!metrics.isEmpty()) {
          return words(value(metrics, SILENCE), value(metrics, WAITING));
        }
      }
      Thread.sleep(PAUSE.toMillis());
    }
    return List.of();
  }

  private static long value(JsonNode metrics, String name) {
    for (JsonNode metric : metrics) {
      if (metric.path("id").asText().equals(name)) {
        return metric.path("max").asLong();
      }
    }
    return 0;
  }

  static List<String> words(long silenceMs, long waiting) {
    return silenceMs <= SILENCE_MAX.toMillis()
        ? List.of()
        : List.of(
            "a wiki has not answered for %s; texts that wait: %,d; deletions go on"
                .formatted(Pace.spell(Duration.ofMillis(silenceMs)), waiting));
  }
}
