package io.realmstream.model.marginal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.realmstream.schemas.query.AnswerCandidate;
import io.realmstream.schemas.query.AnswerStatus;
import io.realmstream.schemas.query.QueryOptions;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class OpenQaTest {
  private static final double LOG2 = Math.log(2);
  private static final double LOG3 = Math.log(3);

  @Test
  void paperWeighsEachPassagesReadingByItsRetrievalProbability() {
    // f = log 3 and 0: p(z1) = 3/4, p(z2) = 1/4. One token each, so one span each, and a no-answer
    // score: z1: span log 2, none 0: p(rome|z1) = 2/3; z2: span 0, none 0: p(rome|z2) = 1/2.
    // p(rome) = 3/4 * 2/3 + 1/4 * 1/2 = 5/8; no answer = 3/8; posterior of z1 = (1/2) / (5/8) =
    // 4/5.
    Candidate z1 = Readings.passage(1, LOG3, "Rome").read(Readings.reading("Rome", 0, LOG2, 0));
    Candidate z2 = Readings.passage(2, 0, "rome.").read(Readings.reading("rome.", 0, 0, 0));

    OpenQaAnswer answer = OpenQa.answer(List.of(z2, z1), QueryOptions.DEFAULT);

    assertThat(answer.status()).isEqualTo(AnswerStatus.ANSWERED);
    assertThat(best(answer).text()).isEqualTo("Rome");
    assertThat(best(answer).probability()).isCloseTo(5 / 8.0, within(1e-7));
    assertThat(answer.noAnswerMass()).isCloseTo(3 / 8.0, within(1e-7));
    assertThat(answer.passages().get(0).posterior()).isCloseTo(4 / 5.0, within(1e-7));
  }

  private static AnswerCandidate best(OpenQaAnswer answer) {
    return Objects.requireNonNull(answer.answer());
  }
}
