package io.realmstream.deploy.client.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.deploy.client.status.Signals.Answered;
import io.realmstream.schemas.answer.AnswerMode;
import io.realmstream.schemas.answer.AnswerResult;
import io.realmstream.schemas.answer.AnswerStatus;
import io.realmstream.schemas.answer.Coverage;
import io.realmstream.schemas.answer.ReadAnswers;
import io.realmstream.schemas.query.QueryKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SignalsTest {
  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

  @Test
  void failuresAreCountedAmongTheAnswersOfTenMinutes() {
    Signals.Answers answers =
        of(
            answer(599, AnswerStatus.FAILED, false),
            answer(601, AnswerStatus.FAILED, false),
            answer(300, AnswerStatus.TIMED_OUT, false),
            answer(200, AnswerStatus.UNAVAILABLE_VERSION, false),
            answer(100, AnswerStatus.INVALID, false),
            answer(50, AnswerStatus.ANSWERED, true));

    assertThat(answers.seen()).isEqualTo(5);
    assertThat(answers.failed()).isEqualTo(3);
  }

  @Test
  void indexIsIncompleteSinceTheFirstAnswerBehindTheLastCompleteOne() {
    Answered complete = answer(900, AnswerStatus.ANSWERED, true);
    Answered first = answer(800, AnswerStatus.NO_ANSWER, false);
    Answered second = answer(700, AnswerStatus.ANSWERED, false);

    // in any order: they come from several partitions
    assertThat(of(second, complete, first).incompleteSince()).isEqualTo(first.at());
    assertThat(of(first, second, answer(10, AnswerStatus.NO_CANDIDATES, true)).incompleteSince())
        .isNull();
  }

  /** Under load: the newest answers, and one of long ago. */
  @Test
  void indexIsIncompleteSinceTheOldestAnswerOfBothSamples() {
    Answered old = answer(16 * 60, AnswerStatus.ANSWERED, false);
    List<Answered> sample = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      sample.add(answer(i % 60, AnswerStatus.ANSWERED, false));
    }
    sample.add(old);

    assertThat(Signals.Answers.of(9, 9, sample, NOW).incompleteSince()).isEqualTo(old.at());
  }

  @Test
  void anAnswerOfLongAgoSaysNothingOfNow() {
    assertThat(of(answer(3_600, AnswerStatus.ANSWERED, false)).incompleteSince()).isNull();
    assertThat(of(answer(901, AnswerStatus.ANSWERED, false)).incompleteSince()).isNull();
    assertThat(of(answer(900, AnswerStatus.ANSWERED, false)).incompleteSince()).isNotNull();
  }

  @Test
  void answersThatWereNotSearchedForSayNothingOfTheIndex() {
    assertThat(of(answer(10, AnswerStatus.FAILED, false)).incompleteSince()).isNull();
    assertThat(of().incompleteSince()).isNull();
  }

  private static Signals.Answers of(Answered... answers) {
    return Signals.Answers.of(9, 9, List.of(answers), NOW);
  }

  private static Answered answer(int secondsAgo, AnswerStatus status, boolean complete) {
    return new Answered(
        NOW.minusSeconds(secondsAgo),
        new AnswerResult(
            status,
            null,
            new AnswerMode(QueryKind.OPEN_QA, null, null),
            ReadAnswers.NONE,
            List.of(),
            null,
            new Coverage(true, 1, false, complete, false)));
  }
}
