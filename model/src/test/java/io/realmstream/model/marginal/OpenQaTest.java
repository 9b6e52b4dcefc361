package io.realmstream.model.marginal;

import static io.realmstream.model.marginal.Readings.passage;
import static io.realmstream.model.marginal.Readings.reading;
import static io.realmstream.model.marginal.Readings.readingUpTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.realmstream.schemas.answer.AnswerStatus;
import io.realmstream.schemas.answer.Span;
import io.realmstream.schemas.query.AnswerThresholds;
import io.realmstream.schemas.query.Competition;
import io.realmstream.schemas.query.Decoding;
import io.realmstream.schemas.query.Normalization;
import io.realmstream.schemas.query.QueryOptions;
import io.realmstream.schemas.query.Reading;
import java.util.List;
import java.util.Objects;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Rules B1 to B4 and B6 by hand; the arithmetic stands in the comments. Scores are floats. */
class OpenQaTest {
  private static final Offset<Double> CLOSE = within(1e-7);
  private static final double NONE = Double.NEGATIVE_INFINITY;
  private static final double LOG2 = Math.log(2);
  private static final double LOG3 = Math.log(3);

  /** f = log 3; one span: g = log 2; no answer 0. */
  private static final Candidate FIRST = passage(1, LOG3, "Rome").read(reading("Rome", 0, LOG2, 0));

  /** f = 0; one span: g = 0; no answer 0. */
  private static final Candidate SECOND = passage(2, 0, "rome.").read(reading("rome.", 0, 0, 0));

  @Test
  void paperWeighsEachReadingByItsPassagesRetrievalProbability() {
    // p(z1) = 3/4, p(z2) = 1/4; p(rome|z1) = 2/3, p(rome|z2) = 1/2.
    // p(rome) = 3/4 * 2/3 + 1/4 * 1/2 = 5/8; no answer = 3/4 * 1/3 + 1/4 * 1/2 = 3/8
    OpenQaAnswer answer = paper(SECOND, FIRST);
    assertThat(answer.status()).isEqualTo(AnswerStatus.ANSWERED);
    assertAnswer(answer, "Rome", 5 / 8.0);
    assertThat(answer.runnersUp()).isEmpty();
    assertThat(answer.noAnswerMass()).isCloseTo(3 / 8.0, CLOSE);
    assertThat(answer.emptySpanMass()).isZero();
    // posterior: (3/4 * 2/3) / (5/8) = 4/5 and 1/5; utility: 4/5 - 3/4 = 1/20 and 1/5 - 1/4 = -1/20
    assertEvidence(answer.passages().get(0), 3 / 4.0, 2 / 3.0, 4 / 5.0, 1 / 20.0);
    assertEvidence(answer.passages().get(1), 1 / 4.0, 1 / 2.0, 1 / 5.0, -1 / 20.0);
    assertThat(answer.passages()).extracting(PassageEvidence::rank).containsExactly(1, 2);
    assertThat(answer.passages().get(1).span()).isEqualTo(new Span("rome.", 0, 5));
  }

  @Test
  void jointNormalizesAllOutcomesOfAllPassagesTogether() {
    // exp(f + g): rome in z1 3 * 2 = 6, no answer in z1 3, rome in z2 1, no answer in z2 1; sum 11.
    // p(rome) = 7/11, no answer 4/11; joint marginals: z1 9/11, z2 2/11.
    OpenQaAnswer answer = joint(FIRST, SECOND);
    assertAnswer(answer, "Rome", 7 / 11.0);
    assertThat(answer.noAnswerMass()).isCloseTo(4 / 11.0, CLOSE);
    // p(z|x) stays 3/4; p(rome|z1) = 6/9; posterior 6/7; utility 6/7 - 9/11 = 3/77
    assertEvidence(answer.passages().get(0), 3 / 4.0, 2 / 3.0, 6 / 7.0, 3 / 77.0);
    assertEvidence(answer.passages().get(1), 1 / 4.0, 1 / 2.0, 1 / 7.0, -3 / 77.0);
  }

  @Test
  void withoutANoAnswerScoreSpansTakeAllOfTheirPassagesMass() {
    Candidate z = passage(1, 0, "Rome").read(reading("Rome", NONE, 0, 0));
    assertAnswer(paper(z), "Rome", 1);
    assertThat(paper(z).noAnswerMass()).isZero();
  }

  @Test
  void equalStringsAddUpWithinAPassageAndAcross() {
    // z1: Rome, x and rome, 1/3 each; z2: U.S.A. and x, 1/2 each; p(z1|x) = p(z2|x) = 1/2.
    Candidate z1 = threeTokens(1, 0);
    Candidate z2 = passage(2, 0, "U.S.A. x").read(readingUpTo(1, "U.S.A. x", NONE, 0, 0, 0, 0));
    // p(rome) = 1/2 * 2/3 = 1/3; p(x) = 1/2 * 1/3 + 1/2 * 1/2 = 5/12; p(usa) = 1/4
    OpenQaAnswer answer = paper(z1, z2);
    assertAnswer(answer, "x", 5 / 12.0);
    assertThat(answer.runnersUp().get(0).text()).isEqualTo("Rome");
    assertThat(answer.runnersUp().get(0).probability()).isCloseTo(1 / 3.0, CLOSE);
    assertThat(answer.runnersUp().get(1).text()).isEqualTo("U.S.A.");
    assertThat(answer.runnersUp().get(1).probability()).isCloseTo(1 / 4.0, CLOSE);
  }

  @Test
  void onlyAsManyRunnersUpAsWantedAreReported() {
    QueryOptions one =
        new QueryOptions(
            Normalization.PAPER,
            Decoding.MARGINAL,
            new Competition(false, null, null),
            1,
            Reading.CERTAIN,
            null,
            AnswerThresholds.NONE,
            null);
    String body = "v w x y";
    Candidate z = passage(1, 0, body).read(readingUpTo(1, body, NONE, 0, 1, 3, 2, 0, 0, 0, 0));
    OpenQaAnswer answer = OpenQa.answer(List.of(z), one);
    assertThat(Objects.requireNonNull(answer.answer()).text()).isEqualTo("x");
    assertThat(answer.runnersUp()).extracting(runnerUp -> runnerUp.text()).containsExactly("y");
  }

  @Test
  void referencesCountEachSpanOnce() {
    Candidate z = threeTokens(1, 0); // rome 2/3, x 1/3
    assertThat(references(z, "Rome")).isCloseTo(Math.log(2 / 3.0), CLOSE);
    assertThat(references(z, "Rome", "the ROME", "rome!")).isCloseTo(Math.log(2 / 3.0), CLOSE);
    assertThat(references(z, "Rome", "x")).isLessThanOrEqualTo(0).isCloseTo(0, CLOSE);
    assertThat(references(z, "Paris")).isEqualTo(NONE);
    assertThat(references(z)).isEqualTo(NONE);
  }

  @Test
  void aReferenceThatNormalizesToNothingMatchesNoSpan() {
    Candidate z = passage(1, 0, "the x").read(readingUpTo(1, "the x", NONE, 0, 0, 0, 0));
    assertThat(references(z, "a", "")).isEqualTo(NONE);
  }

  @Test
  void spansThatNormalizeToNothingAreNoAnswersAndCountedApart() {
    // Spans: "The" log 3, "x" 0, "The x" log 3 + 0: exp 3, 1, 3. p(x) = 4/7, empty 3/7; best "The
    // x".
    Candidate z = passage(1, 0, "The x").read(reading("The x", NONE, LOG3, 0, 0, 0));
    OpenQaAnswer answer = paper(z);
    assertAnswer(answer, "The x", 4 / 7.0);
    assertThat(answer.emptySpanMass()).isCloseTo(3 / 7.0, CLOSE);
  }

  @Test
  void paperKeepsTheMassOfPassagesWithoutSpansAsNoAnswer() {
    // f = 0 for all four: p(z|x) = 1/4 each. Read: p(rome|z) = 1/2.
    // Its half of 1/4, the unread one, the null document and the one without tokens: 7/8.
    OpenQaAnswer answer = paper(withoutSpans());
    assertAnswer(answer, "rome.", 1 / 8.0);
    assertThat(answer.noAnswerMass()).isCloseTo(7 / 8.0, CLOSE);
    PassageEvidence unread = answer.passages().get(2);
    assertThat(unread.candidate()).isEqualTo(passage(3, 0, "Rome, unread"));
    assertThat(unread.span()).isNull();
    assertEvidence(unread, 1 / 4.0, 0, 0, -1 / 4.0);
  }

  @Test
  void jointLeavesPassagesWithoutSpansOut() {
    // Only the read passage: rome 1/2, no answer 1/2. Joint marginals: 1, and 0 for the others.
    OpenQaAnswer answer = joint(withoutSpans());
    assertAnswer(answer, "rome.", 1 / 2.0);
    assertThat(answer.noAnswerMass()).isCloseTo(1 / 2.0, CLOSE);
    assertEvidence(answer.passages().get(1), 1 / 4.0, 1 / 2.0, 1, 0);
    assertEvidence(answer.passages().get(2), 1 / 4.0, 0, 0, 0);
  }

  @Test
  void withoutAnySpanAllMassIsNoAnswer() {
    for (Normalization normalization : Normalization.values()) {
      OpenQaAnswer answer =
          OpenQa.answer(
              List.of(passage(1, 1, "unread"), Candidate.nullDocument(0)),
              new QueryOptions(
                  normalization,
                  Decoding.MARGINAL,
                  new Competition(true, null, null),
                  4,
                  Reading.CERTAIN,
                  null,
                  AnswerThresholds.NONE,
                  null));
      assertThat(answer.status()).isEqualTo(AnswerStatus.NO_ANSWER);
      assertThat(answer.answer()).isNull();
      assertThat(answer.noAnswerMass()).isCloseTo(1, CLOSE);
      assertThat(answer.passages()).extracting(PassageEvidence::utility).containsOnly(0.0);
    }
  }

  @Test
  void onlyEmptySpansAreNoAnswerEither() {
    OpenQaAnswer answer = paper(passage(1, 0, "The").read(reading("The", NONE, 0, 0)));
    assertThat(answer.status()).isEqualTo(AnswerStatus.NO_ANSWER);
    assertThat(answer.noAnswerMass()).isZero();
    assertThat(answer.emptySpanMass()).isEqualTo(1);
  }

  @Test
  void withoutCandidatesThereIsNothingToReport() {
    OpenQaAnswer answer = paper();
    assertThat(answer.status()).isEqualTo(AnswerStatus.NO_CANDIDATES);
    assertThat(answer.passages()).isEmpty();
    assertThat(references()).isEqualTo(NONE);
  }

  @Test
  void spansAreNoLongerThanTheReaderAllows() {
    // Of "x y z", spans up to two tokens: x, y, z, "x y", "y z".
    Candidate z = passage(1, 0, "x y z").read(readingUpTo(2, "x y z", NONE, 0, 0, 0, 0, 0, 0));
    assertThat(references(z, "x y z")).isEqualTo(NONE);
    assertThat(references(z, "y z")).isCloseTo(Math.log(1 / 5.0), CLOSE);
  }

  @Test
  void anAnswerIsQuotedAsItStandsInTheText() {
    // The best of the span's spellings: 3,000 weighs 2, 3000 weighs 1.
    String body = "In 3,000 or 3000";
    Candidate z = passage(1, 0, body).read(readingUpTo(1, body, NONE, 0, LOG2, 0, 0, 0, 0, 0, 0));
    OpenQaAnswer answer = paper(z);
    assertAnswer(answer, "3,000", 3 / 5.0);
    assertThat(answer.passages().get(0).span()).isEqualTo(new Span("3,000", 3, 8));
  }

  @Test
  void readingsWithScoresThatAreNoFiniteNumbersAreRefused() {
    Candidate z = passage(1, 0, "x y").read(reading("x y", NONE, 0, Double.NaN, 0, 0));
    assertThatThrownBy(() -> paper(z))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("span score at token 1 is NaN");
    Candidate noAnswer = passage(1, 0, "x").read(reading("x", Double.NaN, 0, 0));
    assertThatThrownBy(() -> paper(noAnswer))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no-answer score is NaN");
  }

  /** One read passage with uid 1, one unread, one without tokens and the null document; f = 0. */
  private static Candidate[] withoutSpans() {
    return new Candidate[] {
      passage(1, 0, "rome.").read(reading("rome.", 0, 0, 0)),
      passage(3, 0, "Rome, unread"),
      passage(4, 0, "Rome, cut off").read(reading("", 5)),
      Candidate.nullDocument(0)
    };
  }

  /** Spans "Rome", "x" and "rome,", 1/3 each. */
  private static Candidate threeTokens(long uid, double score) {
    String body = "Rome x rome,";
    return passage(uid, score, body).read(readingUpTo(1, body, NONE, 0, 0, 0, 0, 0, 0));
  }

  private static OpenQaAnswer paper(Candidate... candidates) {
    return OpenQa.answer(List.of(candidates), QueryOptions.DEFAULT);
  }

  private static OpenQaAnswer joint(Candidate... candidates) {
    return OpenQa.answer(
        List.of(candidates),
        new QueryOptions(
            Normalization.JOINT,
            Decoding.MARGINAL,
            new Competition(false, null, null),
            4,
            Reading.CERTAIN,
            null,
            AnswerThresholds.NONE,
            null));
  }

  private static double references(Candidate candidate, String... references) {
    return OpenQa.references(List.of(candidate), Normalization.PAPER, List.of(references))
        .logProbability();
  }

  private static double references() {
    return OpenQa.references(List.of(), Normalization.PAPER, List.of("Rome")).logProbability();
  }

  private static void assertAnswer(OpenQaAnswer answer, String text, double probability) {
    assertThat(Objects.requireNonNull(answer.answer()).text()).isEqualTo(text);
    assertThat(answer.answer().probability()).isCloseTo(probability, CLOSE);
  }

  private static void assertEvidence(PassageEvidence passage, double... expected) {
    assertThat(
            new double[] {
              passage.probability(),
              passage.answerProbability(),
              passage.posterior(),
              passage.utility()
            })
        .containsExactly(expected, CLOSE);
  }
}
