package io.realmstream.jobs.retriever.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.jobs.OperatorMetrics;
import io.realmstream.jobs.RecordedMetrics;
import io.realmstream.schemas.answer.Answer;
import io.realmstream.schemas.answer.AnswerMode;
import io.realmstream.schemas.answer.AnswerResult;
import io.realmstream.schemas.answer.AnswerRun;
import io.realmstream.schemas.answer.AnswerStatus;
import io.realmstream.schemas.answer.Coverage;
import io.realmstream.schemas.answer.ReadAnswers;
import io.realmstream.schemas.query.QueryKind;
import java.util.List;
import java.util.Objects;
import org.apache.flink.metrics.Histogram;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReadMetricsTest {
  private final RecordedMetrics recorded = new RecordedMetrics();
  private final ReadMetrics numbers = new ReadMetrics(new OperatorMetrics(recorded));

  @Test
  void whatAnAnswerLacksIsCounted() {
    answered(AnswerStatus.ANSWERED, new Coverage(true, 1, false, true, false));
    answered(AnswerStatus.NO_ANSWER, new Coverage(false, 1, false, true, false));
    answered(AnswerStatus.NO_CANDIDATES, new Coverage(false, 1, true, false, false));

    assertThat(recorded.value("realm.answersInexact")).isEqualTo(2);
    assertThat(recorded.value("realm.answersPartial")).isEqualTo(1);
    assertThat(recorded.value("realm.answersIncomplete")).isEqualTo(1);
  }

  /** Nothing was searched, so nothing is known of the index. */
  @Test
  void answerThatFailedLacksNothing() {
    answered(AnswerStatus.FAILED, Coverage.NONE);
    answered(AnswerStatus.TIMED_OUT, Coverage.NONE);

    assertThat(recorded.value("realm.answersInexact")).isZero();
    assertThat(recorded.value("realm.answersIncomplete")).isZero();
    assertThat(histogram("realm.answerMs").getCount()).isEqualTo(2);
  }

  @Test
  void noAnswerMassIsInPerCent() {
    numbers.answered(answer(AnswerStatus.ANSWERED, Coverage.NONE, 0.126), 7);
    numbers.answered(answer(AnswerStatus.ANSWERED, Coverage.NONE, null), 7);

    assertThat(histogram("realm.noAnswerPercent").getStatistics().getValues()).containsExactly(13);
  }

  @Test
  void readingIsInMilliseconds() {
    numbers.read(2_500);
    numbers.used(3, 1);

    assertThat(histogram("realm.readMs").getStatistics().getMax()).isEqualTo(2);
    assertThat(recorded.value("realm.passagesRead")).isEqualTo(3);
    assertThat(recorded.value("realm.readingsDiscarded")).isEqualTo(1);
  }

  private void answered(AnswerStatus status, Coverage coverage) {
    numbers.answered(answer(status, coverage, null), 1);
  }

  private static Answer answer(
      AnswerStatus status, Coverage coverage, @Nullable Double noAnswerMass) {
    return new Answer(
        "q",
        new AnswerResult(
            status,
            null,
            new AnswerMode(QueryKind.OPEN_QA, null, null),
            new ReadAnswers(null, List.of(), noAnswerMass, 0.0),
            List.of(),
            null,
            coverage),
        AnswerRun.NONE);
  }

  private Histogram histogram(String name) {
    return (Histogram) Objects.requireNonNull(recorded.all().get(name));
  }
}
