package io.realmstream.deploy.cli.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.deploy.cli.evaluate.report.EvaluationReport;
import io.realmstream.deploy.cli.evaluate.report.EvaluationReport.Pass;
import io.realmstream.schemas.answer.Answer;
import io.realmstream.schemas.answer.AnswerMode;
import io.realmstream.schemas.answer.AnswerResult;
import io.realmstream.schemas.answer.AnswerRun;
import io.realmstream.schemas.answer.AnswerStatus;
import io.realmstream.schemas.answer.Coverage;
import io.realmstream.schemas.answer.Evidence;
import io.realmstream.schemas.answer.QuotedPassage;
import io.realmstream.schemas.answer.ReadAnswers;
import io.realmstream.schemas.answer.ReadSpan;
import io.realmstream.schemas.document.Provenance;
import io.realmstream.schemas.query.QueryKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PassTallyTest {
  @Test
  void countsWhatCameAndWhatDidNot() {
    PassTally tally = new PassTally();
    AnswerRun run = new AnswerRun(Map.of("embed", 4.0), 1, 1, 0, 0, null);
    tally.add(new Answer("a", Results.answered("x", 0), run), Duration.ofMillis(10));
    AnswerResult late =
        AnswerResult.without(AnswerStatus.TIMED_OUT, "the deadline passed", QueryKind.OPEN_QA);
    tally.add(new Answer("b", late, AnswerRun.NONE), Duration.ofMillis(30));
    AnswerResult refused =
        AnswerResult.without(AnswerStatus.OVERLOADED, "256 wait", QueryKind.OPEN_QA);
    tally.add(new Answer("c", refused, AnswerRun.NONE), Duration.ofMillis(20));
    tally.add(null, Duration.ZERO);
    Pass pass =
        tally.finish(new EvaluationReport.Asked("OPEN_QA", 5, 2, null), Duration.ofMillis(500));
    assertThat(pass.passagesRead()).as("the only one that read had no passages").isEqualTo(0.0);
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

  @Test
  void passagesThatWereReadAreCountedForEachAnswerFromPassages() {
    PassTally tally = new PassTally();
    tally.add(readOf(ReadSpan.NONE, ReadSpan.UNREAD), Duration.ZERO);
    tally.add(readOf(ReadSpan.NONE, ReadSpan.NONE, ReadSpan.NONE, ReadSpan.NONE), Duration.ZERO);
    AnswerResult late = AnswerResult.without(AnswerStatus.TIMED_OUT, null, QueryKind.OPEN_QA);
    tally.add(new Answer("late", late, AnswerRun.NONE), Duration.ZERO);

    Pass pass = tally.finish(new EvaluationReport.Asked("OPEN_QA", 5, 2, "CERTAIN"), Duration.ZERO);
    assertThat(pass.passagesRead()).isEqualTo(2.5);
  }

  /** An answer from passages, and from the null document, which is never read. */
  private static Answer readOf(ReadSpan... passages) {
    QuotedPassage quoted = new QuotedPassage("d", "", "text", 1, null, 0, 4, Provenance.NONE);
    List<Evidence> evidence = new ArrayList<>();
    for (ReadSpan read : passages) {
      evidence.add(new Evidence(evidence.size() + 1, "u", quoted, 1, 0.1, read));
    }
    evidence.add(new Evidence(evidence.size() + 1, "", quoted, 1, 0.1, ReadSpan.NONE));
    AnswerResult result =
        new AnswerResult(
            AnswerStatus.NO_ANSWER,
            null,
            new AnswerMode(QueryKind.OPEN_QA, null, null),
            new ReadAnswers(null, List.of(), 1.0, 0.0),
            evidence,
            Results.VERSION,
            new Coverage(true, 16, false, true, false));
    return new Answer("q", result, AnswerRun.NONE);
  }
}
