package io.realmstream.deploy.cli.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.deploy.cli.train.TrainReport.Course;
import io.realmstream.deploy.cli.train.TrainReport.FileChange;
import io.realmstream.deploy.json.Json;
import io.realmstream.model.learning.gate.Gate;
import io.realmstream.model.learning.gate.JudgedQuestion;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainReportTest {

  @Test
  void lossesAreMeansOfATenthOfTheSteps() {
    List<Double> losses = new ArrayList<>();
    for (int step = 0; step < 30; step++) {
      losses.add((double) step);
    }
    assertThat(Course.of(losses, 7)).isEqualTo(new Course(1, 28, 7));
    assertThat(Course.of(List.of(3.0, 2.0), 7)).isEqualTo(new Course(3, 2, 7));
  }

  /** Two questions: found second, then second and first by the frozen index, then both first. */
  @Test
  void pageShowsTheFrozenIndexBesideTheRefreshedOne() {
    String both = TrainPage.of(report(Towers.BOTH));
    assertThat(both)
        .contains("index frozen: recall@1 0.0 -> 50.0, +50.0")
        .contains("as trained: recall@1 0.0 -> 100.0, +100.0")
        .contains("refreshed against frozen: recall@1 50.0 -> 100.0, +50.0")
        .contains("gate: REFUSED, TOO_FEW; 2 questions of 2 documents");
    assertThat(TrainPage.of(report(Towers.QUERY)))
        .contains("as trained: recall@1 0.0 -> 100.0, +100.0")
        .doesNotContain("frozen");
    assertThat(Json.line(report(Towers.BOTH)))
        .startsWith("{\"checkpoint\":\"tiny\",\"towers\":\"BOTH\",\"lessons\":9")
        .contains("\"firstLoss\":3.0", "\"scoreScale\":20.0");
  }

  private static TrainReport report(Towers towers) {
    List<JudgedQuestion> frozen = List.of(question("a", 2, 2), question("b", 2, 1));
    List<JudgedQuestion> refreshed = List.of(question("a", 2, 1), question("b", 2, 1));
    List<JudgedQuestion> gain = List.of(question("a", 2, 1), question("b", 1, 1));
    return new TrainReport(
        new TrainReport.Setting("tiny", towers, 9, 8, 2, 16, 3e-5, 1),
        Course.of(List.of(3.0, 2.0), 7),
        20,
        List.of(FileChange.of("q.jsonl", frozen, refreshed, gain)),
        Gate.judge(List.of(new Gate.Asked("q.jsonl", refreshed)), 1));
  }

  private static JudgedQuestion question(String article, int before, int after) {
    return new JudgedQuestion(article, before, after);
  }
}
