package io.realmstream.deploy.cli.evaluate.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.deploy.cli.evaluate.report.EvaluationReport.Asked;
import io.realmstream.deploy.cli.evaluate.report.EvaluationReport.Pass;
import io.realmstream.deploy.cli.evaluate.report.EvaluationReport.Questions;
import io.realmstream.deploy.cli.evaluate.report.EvaluationReport.Shortfalls;
import io.realmstream.deploy.json.Json;
import io.realmstream.schemas.answer.AnswerStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EvaluationReportTest {
  @Test
  void theGroupsOfTheReportAreFlatInItsJson() {
    Pass pass =
        new Pass(
            new Asked("OPEN_QA", 100, 16, "ALL"),
            2.5,
            1,
            Map.of(AnswerStatus.ANSWERED, 3),
            new Shortfalls(4, 5, 6),
            8.5,
            Map.of());
    EvaluationReport report =
        new EvaluationReport(
            Instant.EPOCH,
            "0.1",
            new Questions("questions.jsonl", "00ff", 7),
            List.of(),
            null,
            null,
            null,
            List.of(pass));

    assertThat(Json.line(report))
        .isEqualTo(
            "{\"at\":\"1970-01-01T00:00:00Z\",\"realm\":\"0.1\",\"file\":\"questions.jsonl\","
                + "\"sha256\":\"00ff\",\"questions\":7,\"versions\":[],\"passes\":["
                + "{\"kind\":\"OPEN_QA\",\"k\":100,\"inFlight\":16,\"reading\":\"ALL\",\"answersPerSecond\":2.5,"
                + "\"silent\":1,\"statuses\":{\"ANSWERED\":3},\"approximate\":4,\"partial\":5,"
                + "\"incomplete\":6,\"passagesRead\":8.5,\"latencyMs\":{}}]}");
  }
}
