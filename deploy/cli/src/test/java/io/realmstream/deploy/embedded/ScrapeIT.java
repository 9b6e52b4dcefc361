package io.realmstream.deploy.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.realmstream.deploy.embedded.host.Ports;
import io.realmstream.deploy.monitoring.MonitoringFiles;
import io.realmstream.deploy.monitoring.MonitoringFiles.Alert;
import io.realmstream.deploy.monitoring.PrometheusProcess;
import io.realmstream.deploy.monitoring.Tool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is read of a run that begins and ends: values, -1 or nothing. */
@Timeout(900)
class ScrapeIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final long DOCUMENTS = 20;

  @TempDir private Path directory = Path.of("unset");

  /** One subtask an operator: each sample is the whole. */
  @Test
  void whatIsNotKnownAtTheBeginningIsNotZero() throws Exception {
    int port = Ports.free(1).get(0);
    try (SampleReader samples = SampleReader.of(port);
        RealmProcess realm = RealmProcess.up(directory, 1, "--metrics-port=" + port)) {
      realm.run(0, "load", documents().toString(), "--wait");
      await("all is known")
          .atMost(PATIENCE)
          .until(() -> samples.last("passages version_passages 1") == DOCUMENTS);
      realm.run(0, "down");
      requireBeginning(samples);
    }
    assertThat(SampleReader.isThere(port)).as("a page of a process that has ended").isFalse();
  }

  /** -1 until the log is read, which may be before the first scrape; then 0, since it has none. */
  private static void requireBeginning(SampleReader samples) {
    assertThat(samples.all("stamp version")).isSorted();
    assertThat(samples.all("versions versions")).isSorted();
    assertThat(samples.all("freshness freshnessMs")).startsWith(-1L).doesNotContain(0L);
    for (String operator : List.of("documents", "freshness")) {
      assertThat(samples.all(operator + " restoredCheckpoint")).containsOnly(0L);
    }
  }

  @Test
  void metricsOfAProcessThatIsKilledAreAbsentAndAlertsKnowIt() throws Exception {
    Tool.require("prometheus");
    int port = Ports.free(1).get(0);
    try (RealmProcess realm = RealmProcess.up(directory, 1, "--metrics-port=" + port);
        PrometheusProcess prometheus =
            PrometheusProcess.start(
                Files.createDirectory(directory.resolve("prometheus")),
                Ports.free(1).get(0),
                port)) {
      String known = "flink_taskmanager_job_task_operator_realm_freshnessMs";
      await(known).atMost(PATIENCE).until(() -> !prometheus.query(known).isEmpty());
      realm.kill();
      for (String metric : MonitoringFiles.metrics()) {
        await(metric).atMost(PATIENCE).until(() -> prometheus.query(metric).isEmpty());
      }
      for (Alert alert : MonitoringFiles.alerts()) {
        boolean rests = prometheus.query(alert.expression()).isEmpty();
        assertThat(rests).as("%s", alert).isEqualTo(rests(alert));
      }
    }
  }

  /** Those of a job that was not there, and those that have a second rule for what is absent. */
  private static boolean rests(Alert alert) {
    return alert.name().startsWith("Feed") || !alert.expression().contains("absent(");
  }

  private Path documents() throws Exception {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < DOCUMENTS; i++) {
      lines.add("{\"id\": \"f%d\", \"text\": \"Farm %d keeps %d goats.\"}".formatted(i, i, i + 3));
    }
    return Files.write(directory.resolve("farms.jsonl"), lines);
  }
}
