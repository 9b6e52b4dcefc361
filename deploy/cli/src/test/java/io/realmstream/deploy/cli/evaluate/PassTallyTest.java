package io.realmstream.deploy.cli.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.deploy.cli.evaluate.EvaluationReport.Pass;
import io.realmstream.schemas.answer.Answer;
import io.realmstream.schemas.answer.AnswerResult;
import io.realmstream.schemas.answer.AnswerRun;
import io.realmstream.schemas.answer.AnswerStatus;
import io.realmstream.schemas.query.QueryKind;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PassTallyTest {
  @Test
  void countsWhatCameAndWhatDidNot() {
    PassTally tally = new PassTally();
    AnswerRun run = new AnswerRun(Map.of("embed", 4.0), 1, 1, 0, null);
    tally.add(new Answer("a", Results.answered("x", 0), run), Duration.ofMillis(10));
    AnswerResult late =
        AnswerResult.without(AnswerStatus.TIMED_OUT, "the deadline passed", QueryKind.OPEN_QA);
    tally.add(new Answer("b", late, AnswerRun.NONE), Duration.ofMillis(30));
    AnswerResult refused =
        AnswerResult.without(AnswerStatus.OVERLOADED, "256 wait", QueryKind.OPEN_QA);
    tally.add(new Answer("c", refused, AnswerRun.NONE), Duration.ofMillis(20));
    tally.add(null, Duration.ZERO);
    Pass pass = tally.finish(new EvaluationReport.Asked("OPEN_QA", 5, 2), Duration.ofMillis(500));
    assertThat(pass.silent()).isEqualTo(1);
    assertThat(pass.statuses())
        .isEqualTo(
            Map.of(
                AnswerStatus.ANSWERED, 1, AnswerStatus.TIMED_OUT, 1, AnswerStatus.OVERLOADED, 1));
    assertThat(pass.answersPerSecond()).isEqualTo(6);
    // a result without a version claims nothing about the index
    assertThat(pass.shortfalls().approximate()).isZero();
    assertThat(pass.latencyMs().get("roundTrip"))
        .isEqualTo(new EvaluationReport.Percentiles(3, 20, 20, 30, 30, 30));
    assertThat(pass.latencyMs().get("embed"))
        .isEqualTo(new EvaluationReport.Percentiles(1, 4, 4, 4, 4, 4));
    assertThat(tally.versions()).containsExactly(Results.VERSION);
  }
}
