package io.realmstream.deploy.client.status;

import com.fasterxml.jackson.databind.JsonNode;
import io.realmstream.deploy.client.ClientException;
import io.realmstream.deploy.client.Pace;
import io.realmstream.deploy.flink.FlinkRest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether each wiki answers the job that follows it. Its metrics say so, which Flink's dashboard
 * knows.
 */
final class SilentWikis {
  /** A host may ask for a pause, or be out of reach for a moment. */
  private static final Duration SILENCE_MAX = Duration.ofSeconds(30);

  private static final String JOB = "WikipediaFollower";
  private static final Pattern SILENCE =
      Pattern.compile("pages\\.realm\\.wiki\\.(\\w+)\\.unansweredMs");
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
        String path =
            "/jobs/" + job.id() + "/vertices/" + vertex.path("id").asText() + "/subtasks/metrics";
        List<String> names = silences(flink.get(path));
        if (!names.isEmpty()) {
          String wanted = WAITING + "," + String.join(",", names);
          return words(flink.get(path + "?agg=max&get=" + wanted));
        }
      }
      Thread.sleep(PAUSE.toMillis());
    }
    return List.of();
  }

  /** Of a list of metrics, the names of those that tell for how long a wiki has been silent. */
  private static List<String> silences(JsonNode metrics) {
    List<String> names = new ArrayList<>();
    for (JsonNode metric : metrics) {
      String name = metric.path("id").asText();
      if (SILENCE.matcher(name).matches()) {
        names.add(name);
      }
    }
    return names;
  }

  /**
   * What there is to say of each wiki.
   *
   * @param metrics a list of {@code {"id": name, "max": value}}
   */
  static List<String> words(JsonNode metrics) {
    Map<String, Long> silentMs = new TreeMap<>();
    long waiting = 0;
    for (JsonNode metric : metrics) {
      Matcher silence = SILENCE.matcher(metric.path("id").asText());
      if (silence.matches()) {
        silentMs.put(silence.group(1), metric.path("max").asLong());
      } else {
        waiting = metric.path("max").asLong();
      }
    }
    silentMs.values().removeIf(ms -> ms <= SILENCE_MAX.toMillis());
    List<String> warnings = new ArrayList<>();
    for (Map.Entry<String, Long> silent : silentMs.entrySet()) {
      warnings.add(
          "%s has not answered for %s; texts of all wikis that wait: %,d; deletions go on"
              .formatted(
                  silent.getKey(), Pace.spell(Duration.ofMillis(silent.getValue())), waiting));
    }
    return warnings;
  }
}
