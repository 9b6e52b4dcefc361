package io.realmstream.deploy.cli.evaluate.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.deploy.cli.evaluate.report.EvaluationReport.Questions;
import io.realmstream.deploy.cli.evaluate.report.RobustnessReport.Counterfactual;
import io.realmstream.deploy.cli.evaluate.report.RobustnessReport.Integration;
import io.realmstream.deploy.cli.evaluate.report.RobustnessReport.Noise;
import io.realmstream.deploy.cli.evaluate.report.RobustnessReport.Rejection;
import io.realmstream.deploy.cli.evaluate.report.RobustnessReport.Separation;
import io.realmstream.deploy.json.Json;
import io.realmstream.schemas.answer.IndexVersion;
import java.util.List;
import org.junit.jupiter.api.Test;

class RobustnessPageTest {
  private static final RobustnessReport REPORT =
      new RobustnessReport(
          new Questions("<q>.jsonl", "00ff", 80),
          20,
          2_100,
          new IndexVersion(1, "d", "q", "r", "flat-16"),
          List.of(new Noise("HARD", 0, 0.65), new Noise("RANDOM", 4, 0.5)),
          new Rejection(
              80, 0.25, 0.9, new Separation(0.92, 0.875, 0.795), new Separation(null, 0.1, 1), 0),
          new Counterfactual(60, 0.65, 0.05, 0.3, 0),
          new Integration(70, 0.5, 0.4, 0.75, 0.95));

  @Test
  void eachAbilityIsARow() {
    assertThat(RobustnessPage.of(REPORT).lines())
        .containsExactly(
            "questions       80 of <q>.jsonl, 20 left out; 2100 documents",
            "noise           EM beside other passages  0 hard: 65.0  4 random: 50.0",
            "rejection       mean no-answer mass 0.250 with the passage, 0.900 once it is deleted;"
                + " deleted text quoted 0 times",
            "by mass         AUC 0.920; mass above 0.8750 withholds 79.5 of the unanswerable and"
                + " keeps 95 of the right answers",
            "by p            p below 0.1000 withholds 100.0 of the unanswerable and keeps 95 of the"
                + " right answers",
            "counterfactual  follows the edit 65.0, still the old answer 5.0, another 30.0  (60"
                + " questions); deleted text quoted 0 times",
            "integration     p of the right answer 0.500 and 0.400 from one document, 0.750 from"
                + " both; above either for 95.0  (70 questions)");
  }

  @Test
  void pageForABrowserHasTheSameAndEscapesWhatIsForeign() {
    assertThat(RobustnessHtml.of(REPORT))
        .contains("&lt;q&gt;.jsonl", "<td>HARD</td><td>0</td><td>65.0</td>", "00ff", "d q r")
        .contains("follows the edit 65.0");
  }

  @Test
  void jsonHasItsSourceFlat() {
    assertThat(Json.line(REPORT))
        .startsWith("{\"file\":\"<q>.jsonl\",\"sha256\":\"00ff\",\"questions\":80,\"leftOut\":20,")
        .contains("\"noise\":[{\"others\":\"HARD\",\"count\":0,\"exactMatch\":0.65}");
  }
}
