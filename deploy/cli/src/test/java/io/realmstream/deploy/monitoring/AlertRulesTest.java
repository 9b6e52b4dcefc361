package io.realmstream.deploy.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.realmstream.deploy.client.status.Thresholds;
import io.realmstream.deploy.embedded.cluster.RealmJob;
import io.realmstream.deploy.monitoring.MonitoringFiles.Alert;
import io.realmstream.jobs.launch.JobSettings;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.flink.configuration.CheckpointingOptions;
import org.junit.jupiter.api.Test;

/** The alerts, without a run. */
class AlertRulesTest {
  @Test
  void rulesAndTheirTestsPassPromtool() throws Exception {
    Tool.require("promtool");
    Tool.run("promtool", "check", "rules", "alerts.yaml");
    Tool.run("promtool", "check", "config", "prometheus.yaml");
    assertThat(Tool.run("promtool", "test", "rules", "alerts.test.yaml")).contains("SUCCESS");
  }

  @Test
  void everyAlertHasATestInWhichItRestsFiresAndClearsAndOneOfItsAbsence() throws Exception {
    Set<String> clears = new TreeSet<>();
    Set<String> absent = new TreeSet<>();
    for (JsonNode group : MonitoringFiles.alertTests()) {
      Set<String> rested = new TreeSet<>();
      Set<String> fired = new TreeSet<>();
      for (JsonNode test : group.path("alert_rule_test")) {
        String alert = test.path("alertname").asText();
        if (test.path("exp_alerts").isEmpty()) {
          rested.add(alert);
          clears.addAll(fired);
        } else if (rested.contains(alert)) {
          fired.add(alert);
        } else if (group.path("name").asText().endsWith("all metrics are absent")) {
          absent.add(alert);
        }
      }
    }
    assertThat(clears).isEqualTo(names());
    assertThat(absent).isEqualTo(names());
  }

  @Test
  void everyAlertSaysWhatAPersonNeeds() throws Exception {
    String runbook = MonitoringFiles.text("RUNBOOK.md");
    for (Alert alert : MonitoringFiles.alerts()) {
      assertThat(alert.severity()).as(alert.name()).isIn("page", "ticket");
      assertThat(alert.summary()).as(alert.name()).contains("$value");
      String anchor = alert.runbook().replace("deploy/RUNBOOK.md#", "");
      assertThat(anchor).isEqualTo(alert.name().toLowerCase(Locale.ROOT));
      assertThat(runbook).as("section of " + alert.name()).contains("\n### " + alert.name() + "\n");
    }
  }

  @Test
  void everyMetricOfOursThatIsNamedIsListed() throws Exception {
    assertThat(MonitoringFiles.listed())
        .containsAll(MonitoringFiles.metrics().stream().filter(MonitoringFiles::isOurs).toList());
  }

  @Test
  void thresholdsAreThoseOfRealmCheck() throws Exception {
    assertThat(expressions("Stale")).contains("> " + Thresholds.FRESHNESS_MAX.toMillis());
    assertThat(expressions("NoAnswers"))
        .contains("[" + Thresholds.NO_ANSWER_MAX.toMinutes() + "m]");
    assertThat(expressions("AnswersFail"))
        .contains("[" + Thresholds.ANSWERS_WINDOW.toMinutes() + "m]")
        .contains("> " + Thresholds.FAILED_PERCENT_MAX)
        .contains(">= " + Thresholds.FAILED_MIN);
    assertThat(rule("Incomplete")).contains("for: " + Thresholds.INCOMPLETE_MAX.toMinutes() + "m");
    assertThat(expressions("VersionRefused"))
        .contains("offset " + Thresholds.REFUSED_WINDOW.toHours() + "h");
    assertThat(expressions("DeadLetters"))
        .contains("[" + Thresholds.DEAD_LETTERS_WINDOW.toMinutes() + "m]")
        .contains("> " + Thresholds.DEAD_LETTER_PERCENT_MAX);
  }

  @Test
  void checkpointsHaveFiveIntervals() throws Exception {
    Duration interval =
        Objects.requireNonNull(
            JobSettings.configuration().get(CheckpointingOptions.CHECKPOINTING_INTERVAL));
    long five = 5 * interval.toSeconds();
    assertThat(expressions("CheckpointsFail")).contains("> " + five + "\n");
    assertThat(rule("CheckpointsFail")).contains("for: " + five + "s");
  }

  /** Jobs that run only where somebody wants them are not missed. */
  @Test
  void bothKnowledgeJobsAreMissedWhenTheyAreGone() throws Exception {
    for (RealmJob job : List.of(RealmJob.UPDATER, RealmJob.RETRIEVER)) {
      assertThat(expressions("JobGone")).contains("job_name=\"" + job.jobName() + "\"");
    }
  }

  @Test
  void alertsOfTheFeedRestWhereNoFollowerRuns() throws Exception {
    for (String alert : List.of("FeedSilent", "FeedBehind", "FeedGap")) {
      assertThat(expressions(alert))
          .contains("job_name=\"" + RealmJob.WIKIPEDIA.jobName() + "\"")
          .doesNotContain("absent(");
    }
  }

  private static Set<String> names() throws Exception {
    return MonitoringFiles.alerts().stream().map(Alert::name).collect(Collectors.toSet());
  }

  private static String expressions(String name) throws Exception {
    return MonitoringFiles.alerts().stream()
        .filter(alert -> alert.name().equals(name))
        .map(Alert::expression)
        .collect(Collectors.joining("\n"));
  }

  /** As it stands in the file. */
  private static String rule(String name) throws Exception {
    String file = MonitoringFiles.text("monitoring", "alerts.yaml");
    int start = file.indexOf("- alert: " + name + "\n");
    int end = file.indexOf("- alert: ", start + 1);
    return file.substring(start, end < 0 ? file.length() : end);
  }
}
