package io.realmstream.deploy.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The dashboard for Grafana as a file. Grafana itself is not started. */
class DashboardTest {
  @Test
  void rowsStandInTheOrderInWhichAPersonAsks() throws Exception {
    assertThat(
            MonitoringFiles.panels().stream()
                .filter(panel -> panel.path("type").asText().equals("row"))
                .map(panel -> panel.path("title").asText()))
        .containsExactly(
            "Is it right now?",
            "Questions",
            "Edits",
            "Versions",
            "Index",
            "Flink",
            "Kafka",
            "Wikipedia");
  }

  /** Grafana and the pictures of it show the panels in the order of the file. */
  @Test
  void panelsStandWhereTheFileHasThem() throws Exception {
    int last = -1;
    for (JsonNode panel : MonitoringFiles.panels()) {
      int place = 24 * panel.at("/gridPos/y").asInt() + panel.at("/gridPos/x").asInt();
      assertThat(place).as(panel.path("title").asText()).isGreaterThan(last);
      last = place;
    }
  }

  @Test
  void everyPanelAsksThePrometheusThatIsChosen() throws Exception {
    Set<Integer> ids = new HashSet<>();
    for (JsonNode panel : MonitoringFiles.panels()) {
      assertThat(ids.add(panel.path("id").asInt())).isTrue();
      if (panel.path("type").asText().equals("row")) {
        continue;
      }
      String title = panel.path("title").asText();
      assertThat(panel.path("datasource").path("uid").asText()).isEqualTo("${prometheus}");
      assertThat(panel.path("targets").size()).as(title).isPositive();
      for (JsonNode target : panel.path("targets")) {
        assertThat(target.path("expr").asText()).as(title).isNotEmpty();
        assertThat(target.path("datasource").path("uid").asText()).isEqualTo("${prometheus}");
      }
    }
    JsonNode variable = MonitoringFiles.dashboard().path("templating").path("list").path(0);
    assertThat(variable.path("name").asText()).isEqualTo("prometheus");
    assertThat(variable.path("type").asText()).isEqualTo("datasource");
  }

  @Test
  void panelsDoNotOverlap() throws Exception {
    Set<String> cells = new HashSet<>();
    for (JsonNode panel : MonitoringFiles.panels()) {
      JsonNode at = panel.path("gridPos");
      for (int x = 0; x < at.path("w").asInt(); x++) {
        for (int y = 0; y < at.path("h").asInt(); y++) {
          int column = at.path("x").asInt() + x;
          assertThat(column).isLessThan(24);
          assertThat(cells.add(column + " " + (at.path("y").asInt() + y))).isTrue();
        }
      }
    }
  }

  /** The greatest would hide it. */
  @Test
  void panelsInWhichNegativeMeansUnknownShowTheLeastWhereItIsNegative() throws Exception {
    for (String metric : List.of("freshnessMs", "oldestEditMs", "silentMs", "secondsLeft")) {
      for (MonitoringFiles.Query query : MonitoringFiles.queries()) {
        if (query.expression().contains("_" + metric + ")")) {
          assertThat(query.expression())
              .contains("unless min", " or min")
              .endsWith("_" + metric + ") < 0");
        }
      }
    }
  }
}
