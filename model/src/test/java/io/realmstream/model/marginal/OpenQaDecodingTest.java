package io.realmstream.model.marginal;

import static io.realmstream.model.marginal.Readings.passage;
import static io.realmstream.model.marginal.Readings.reading;
import static io.realmstream.model.marginal.Readings.readingUpTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.realmstream.schemas.answer.AnswerCandidate;
import io.realmstream.schemas.answer.Span;
import io.realmstream.schemas.query.AnswerThresholds;
import io.realmstream.schemas.query.Competition;
import io.realmstream.schemas.query.Decoding;
import io.realmstream.schemas.query.Normalization;
import io.realmstream.schemas.query.QueryOptions;
import io.realmstream.schemas.query.Reading;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rule B5 by hand: which answer is the best, and how ties fall. */
class OpenQaDecodingTest {
  private static final double NONE = Double.NEGATIVE_INFINITY;
  private static final double LOG3 = Math.log(3);
  private static final double LOG4 = Math.log(4);

  @Test
  void marginalTakesTheBestStringAndMaxSpanTheStringOfTheBestSpan() {
    // exp g: Rome 3, Paris 4, rome, 3; sum 10. p(rome) = 6/10, p(paris) = 4/10.
    String body = "Rome Paris rome,";
    Candidate z = passage(1, 0, body).read(readingUpTo(1, body, NONE, LOG3, LOG4, LOG3, 0, 0, 0));
    assertThat(texts(Decoding.MARGINAL, z)).containsExactly("Rome", "Paris");
    assertThat(texts(Decoding.MAX_SPAN, z)).containsExactly("Paris", "Rome");
    // The probability is the string's in both.
    assertThat(answers(Decoding.MAX_SPAN, z))
        .extracting(AnswerCandidate::probability)
        .satisfiesExactly(
            paris -> assertThat(paris).isCloseTo(0.4, within(1e-7)),
            rome -> assertThat(rome).isCloseTo(0.6, within(1e-7)));
  }

  @Test
  void theEmptyStringIsNeverTheAnswerHoweverProbable() {
    Candidate z = passage(1, 0, "The x").read(readingUpTo(1, "The x", NONE, 9, 0, 0, 0));
    assertThat(texts(Decoding.MARGINAL, z)).containsExactly("x");
    assertThat(texts(Decoding.MAX_SPAN, z)).containsExactly("x");
  }

  @ParameterizedTest
  @EnumSource
  void betterRankWinsFirst(Decoding decoding) {
    // In JOINT all spans share one normalizer, and these two have f + g = 0. The smaller uid has
    // the
    // better rank, although its span is longer and starts later.
    Candidate first = passage(1, 0, "u v w").read(reading("u v w", NONE, -9, 0, -9, -9, -9, 0));
    Candidate second = passage(2, 0, "x y z").read(reading("x y z", NONE, 0, -9, -9, 0, -9, -9));
    QueryOptions joint =
        new QueryOptions(
            Normalization.JOINT,
            decoding,
            new Competition(false, null, null),
            1,
            Reading.CERTAIN,
            null,
            AnswerThresholds.NONE,
            null);
    assertThat(answers(joint, second, first))
        .extracting(AnswerCandidate::text)
        .containsExactly("v w", "x");
  }

  @ParameterizedTest
  @EnumSource
  void shorterSpanWinsSecond(Decoding decoding) {
    // g: x = 0 - 1, y = 0 + 0, "x y" = 0 + 0: y is shorter, though "x y" starts before it.
    Candidate z = passage(1, 0, "x y").read(reading("x y", NONE, 0, 0, -1, 0));
    assertThat(texts(decoding, z)).containsExactly("y", "x y", "x");
  }

  @ParameterizedTest
  @EnumSource
  void smallerStartWinsThird(Decoding decoding) {
    Candidate z = passage(1, 0, "x y z").read(readingUpTo(1, "x y z", NONE, 0, 0, 0, 0, 0, 0));
    assertThat(texts(decoding, z)).containsExactly("x", "y", "z");
  }

  @ParameterizedTest
  @EnumSource
  void tiesFallTheSameWayWhenTheLoserIsNotReported(Decoding decoding) {
    Candidate z = passage(1, 0, "x y").read(reading("x y", NONE, 0, 0, -1, 0));
    QueryOptions bestOnly =
        new QueryOptions(
            Normalization.PAPER,
            decoding,
            new Competition(false, null, null),
            0,
            Reading.CERTAIN,
            null,
            AnswerThresholds.NONE,
            null);
    assertThat(answers(bestOnly, z)).extracting(AnswerCandidate::text).containsExactly("y");
  }

  @Test
  void bestSpanOfAnAnswerFollowsTheSameOrder() {
    // All spans weigh the same. "x", "x!" and "the x" read x: two are of one token, "x" is first.
    Candidate z = passage(1, 0, "the x x!").read(reading("the x x!", NONE, 0, 0, 0, 0, 0, 0));
    OpenQaAnswer answer = OpenQa.answer(List.of(z), options(Decoding.MARGINAL));
    assertThat(answer.passages().get(0).span()).isEqualTo(new Span("x", 4, 5));
  }

  @Test
  void maxSpanIsOneJointArgmax() {
    // Both passages hold a best span of the same score, at token 1 of the first and token 0 of the
    // second. Passage and span chosen apart could give token 0 of the first.
    Candidate first = passage(1, 0, "u v").read(readingUpTo(1, "u v", NONE, 0, 2, 0, 0));
    Candidate second = passage(2, 0, "x y").read(readingUpTo(1, "x y", NONE, 2, 0, 0, 0));
    assertThat(texts(Decoding.MAX_SPAN, first, second).get(0)).isEqualTo("v");
  }

  @Test
  void maxSpanInJointComparesRetrievalAndReadingTogether() {
    // f + g: u = 3 + 0, x = 0 + 4. PAPER: p(u|z1) = p(x|z2) = 1, so the better passage wins.
    Candidate first = passage(1, 3, "u").read(reading("u", NONE, 0, 0));
    Candidate second = passage(2, 0, "x").read(reading("x", NONE, 4, 0));
    assertThat(texts(Decoding.MAX_SPAN, first, second)).containsExactly("u", "x");
    QueryOptions joint =
        new QueryOptions(
            Normalization.JOINT,
            Decoding.MAX_SPAN,
            new Competition(false, null, null),
            4,
            Reading.CERTAIN,
            null,
            AnswerThresholds.NONE,
            null);
    assertThat(answers(joint, first, second))
        .extracting(AnswerCandidate::text)
        .containsExactly("x", "u");
  }

  private static List<String> texts(Decoding decoding, Candidate... candidates) {
    return answers(decoding, candidates).stream().map(AnswerCandidate::text).toList();
  }

  private static List<AnswerCandidate> answers(Decoding decoding, Candidate... candidates) {
    return answers(options(decoding), candidates);
  }

  private static List<AnswerCandidate> answers(QueryOptions options, Candidate... candidates) {
    OpenQaAnswer answer = OpenQa.answer(List.of(candidates), options);
    return Stream.concat(Stream.ofNullable(answer.answer()), answer.runnersUp().stream()).toList();
  }

  private static QueryOptions options(Decoding decoding) {
    return new QueryOptions(
        Normalization.PAPER,
        decoding,
        new Competition(false, null, null),
        10,
        Reading.CERTAIN,
        null,
        AnswerThresholds.NONE,
        null);
  }
}
