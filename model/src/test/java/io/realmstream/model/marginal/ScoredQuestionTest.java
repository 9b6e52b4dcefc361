package io.realmstream.model.marginal;

import static io.realmstream.model.marginal.Readings.passage;
import static io.realmstream.model.marginal.Readings.readingUpTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.realmstream.schemas.answer.AnswerCandidate;
import io.realmstream.schemas.query.AnswerThresholds;
import io.realmstream.schemas.query.Competition;
import io.realmstream.schemas.query.Decoding;
import io.realmstream.schemas.query.Normalization;
import io.realmstream.schemas.query.QueryOptions;
import io.realmstream.schemas.query.Reading;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ScoredQuestionTest {
  private static final QueryOptions OPTIONS =
      new QueryOptions(
          Normalization.PAPER,
          Decoding.MARGINAL,
          new Competition(false, null, null),
          100_000,
          Reading.ALL,
          null,
          AnswerThresholds.NONE,
          null);

  /** Scores are kept as floats. */
  private static final Offset<Double> CLOSE = within(2e-6);

  @Test
  void answersAsTheMarginalDoesAtAnyScaling() {
    int answered = 0;
    for (int seed = 0; seed < 2_000; seed++) {
      Random random = new Random(seed);
      List<Candidate> products = Questions.near(random);
      Scaling scaling = new Scaling(0.1 + 5 * random.nextDouble(), 0.2 + 3 * random.nextDouble());
      OpenQaAnswer expected = OpenQa.answer(scaled(products, scaling), OPTIONS);
      AnswerCandidate best = expected.answer();
      ScoredQuestion question =
          new ScoredQuestion(products, best == null ? List.of() : List.of(best.text()));

      int answer = question.answer(scaling);
      assertThat(question.noAnswerMass(scaling)).isCloseTo(expected.noAnswerMass(), CLOSE);
      if (best == null) {
        assertThat(answer).isEqualTo(ScoredQuestion.NONE);
      } else {
        answered++;
        assertThat(question.isRight(answer)).as("seed %d", seed).isTrue();
        assertThat(question.probability(answer, scaling)).isCloseTo(best.probability(), CLOSE);
      }
    }
    assertThat(answered).isGreaterThan(1_000);
  }

  @Test
  void answerIsRightWhenItIsAcceptedAfterNormalization() {
    Candidate z = passage(1, 0, "Rome Oslo").read(readingUpTo(1, "Rome Oslo", 0, 2, 1, 0, 0));
    Scaling one = new Scaling(1, 1);

    assertThat(rightness(z, one, "The rome!")).isTrue();
    assertThat(rightness(z, one, "Oslo")).isFalse();
    assertThat(rightness(z, one, "Bern")).isFalse();
    assertThat(rightness(z, one, "the")).as("an empty normal form").isFalse();
    assertThat(rightness(z, one)).as("a question without answer").isFalse();
  }

  private static boolean rightness(Candidate candidate, Scaling scaling, String... accepted) {
    ScoredQuestion question = new ScoredQuestion(List.of(candidate), List.of(accepted));
    return question.isRight(question.answer(scaling));
  }

  private static List<Candidate> scaled(List<Candidate> products, Scaling scaling) {
    return products.stream().map(z -> scaled(z, scaling)).toList();
  }

  private static Candidate scaled(Candidate z, Scaling scaling) {
    var reading = z.reading();
    return new Candidate(
        z.uid(),
        z.contentHash(),
        scaling.scoreScale() * z.score(),
        z.body(),
        reading == null ? null : reading.at(scaling.readerTemperature()));
  }
}
