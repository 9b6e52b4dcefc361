package io.realmstream.deploy.cli.evaluate.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.deploy.cli.evaluate.report.EvaluationReport.Asked;
import io.realmstream.deploy.cli.evaluate.report.EvaluationReport.Confidence;
import io.realmstream.deploy.cli.evaluate.report.EvaluationReport.Pass;
import io.realmstream.deploy.cli.evaluate.report.EvaluationReport.Percentiles;
import io.realmstream.deploy.cli.evaluate.report.EvaluationReport.Questions;
import io.realmstream.deploy.cli.evaluate.report.EvaluationReport.Reading;
import io.realmstream.deploy.cli.evaluate.report.EvaluationReport.Retrieval;
import io.realmstream.deploy.cli.evaluate.report.EvaluationReport.Shortfalls;
import io.realmstream.deploy.cli.evaluate.report.EvaluationReport.Unanswerable;
import io.realmstream.model.evaluation.JudgedAnswer;
import io.realmstream.model.evaluation.Reliability;
import io.realmstream.model.evaluation.RiskCoverage;
import io.realmstream.model.evaluation.RocArea;
import io.realmstream.schemas.answer.AnswerStatus;
import io.realmstream.schemas.answer.IndexVersion;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EvaluationPageTest {
  private static final Pass PASS =
      new Pass(
          new Asked("OPEN_QA", 5, 16, "CERTAIN"),
          2.54,
          1,
          new TreeMap<>(Map.of(AnswerStatus.ANSWERED, 6, AnswerStatus.NO_ANSWER, 1)),
          new Shortfalls(4, 0, 2),
          3.456,
          Map.of("roundTrip", new Percentiles(7, 12.34, 10, 20, 1234.5, 2000)));

  private static final List<JudgedAnswer> ANSWERS =
      List.of(new JudgedAnswer(0.9, 0, true), new JudgedAnswer(0.6, 0, false));

  private static final Confidence CONFIDENCE =
      new Confidence(
          2, 0.125, Reliability.of(ANSWERS), RiskCoverage.of(ANSWERS), RocArea.of(ANSWERS));

  @Test
  void everyMeasureIsALineAndEveryPassATable() {
    Reading reading = new Reading(7, 0.5, 0.625, 0.1, 0.1234, new Unanswerable(2, 1), CONFIDENCE);
    Retrieval passages = new Retrieval(6, new TreeMap<>(Map.of(1, 0.5, 5, 0.75)), 0.6666);
    assertThat(EvaluationPage.of(report(reading, passages)).lines())
        .containsExactly(
            "questions     7 of questions.jsonl",
            "version       3  document tower d, query tower q, reader r, partition flat-4",
            "answers       EM 50.0  F1 62.5  no answer 10.0"
                + "  (7 questions, mean no-answer mass 0.123)",
            "              no answer is right: said of 100.0  (2 of these questions)",
            "confidence    ECE 0.350  AUC 1.000  AURC 0.250  (2 answers with a probability, which on"
                + " average may be larger by 0.125: --reading all)",
            "by passage    recall @1 50.0  @5 75.0  MRR 0.667  (6 questions)",
            "",
            "OPEN_QA, k = 5, 16 in flight: 2.5 answers/s, 3.46 passages read each; ANSWERED 6,"
                + " NO_ANSWER 1, 1 without reply, 4 not exact, 2 of an incomplete index",
            "  ms                      mean       p50       p90       p99       max",
            "  roundTrip               12.3      10.0      20.0    1234.5    2000.0");
  }

  @Test
  void whatWasNotMeasuredIsLeftOut() {
    assertThat(EvaluationPage.of(report(null, null)).lines())
        .hasSize(6)
        .startsWith("questions     7 of questions.jsonl");
    Reading reading = new Reading(7, 0.5, 0.625, 0.1, null, null, null);
    assertThat(EvaluationPage.of(report(reading, null)).lines())
        .hasSize(7)
        .contains("answers       EM 50.0  F1 62.5  no answer 10.0  (7 questions)");
  }

  private static EvaluationReport report(@Nullable Reading reading, @Nullable Retrieval passages) {
    return new EvaluationReport(
        Instant.EPOCH,
        "0.1",
        new Questions("questions.jsonl", "00ff", 7),
        List.of(new IndexVersion(3, "d", "q", "r", "flat-4")),
        reading,
        passages,
        null,
        List.of(PASS));
  }
}
