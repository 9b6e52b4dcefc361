package io.realmstream.model.marginal;

import static io.realmstream.model.marginal.Readings.passage;
import static io.realmstream.model.marginal.Readings.reading;
import static io.realmstream.model.marginal.Readings.readingUpTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.realmstream.model.evaluation.AnswerText;
import io.realmstream.schemas.answer.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PassageSpansTest {
  private static final double NONE = Double.NEGATIVE_INFINITY;

  private final AnswerStrings strings = new AnswerStrings();

  @Test
  void shorterSpansComeFirstThenSmallerStarts() {
    PassageSpans spans = spans(readThree(9));

    assertThat(quotes(spans)).containsExactly("u", "vv", "w", "u  vv", "vv w", "u  vv w");
    assertThat(spans.quote(4)).isEqualTo(new Span("vv w", 3, 7));
    // start + end of each, then "no answer"
    assertThat(spans.scores()).containsExactly(11, 22, 33, 21, 32, 31, -5);
  }

  @Test
  void noSpanIsLongerThanTheReaderAllows() {
    assertThat(quotes(spans(readThree(2)))).containsExactly("u", "vv", "w", "u  vv", "vv w");
    assertThat(spans(readThree(2)).scores()).containsExactly(11, 22, 33, 21, 32, -5);
    assertThat(quotes(spans(readThree(1)))).containsExactly("u", "vv", "w");
  }

  @Test
  void passageWithoutTokensOrReadingHasNoAnswerAsItsOnlyOutcome() {
    for (Candidate candidate :
        List.of(
            Candidate.nullDocument(3),
            passage(1, 3, "unread"),
            passage(1, 3, " ").read(reading(" ", -5)))) {
      assertThat(spans(candidate).count()).isZero();
      assertThat(spans(candidate).answers()).isEmpty();
      assertThat(spans(candidate).scores()).containsExactly(0);
    }
  }

  @Test
  void scoreThatIsNotFiniteIsRefusedWithItsToken() {
    assertRefused("span score at token 1 is NaN", 0, 0, Double.NaN, 0, 0);
    assertRefused("span score at token 0 is Infinity", 0, Double.POSITIVE_INFINITY, 0, 0, 0);
    assertRefused("span score at token 1 is -Infinity", 0, 0, 0, 0, NONE);
    assertRefused("no-answer score is NaN", Double.NaN, 0, 0, 0, 0);
    assertRefused("no-answer score is Infinity", Double.POSITIVE_INFINITY, 0, 0, 0, 0);
  }

  @Test
  void scoresThatOutgrowAFloatTogetherAreTaken() {
    Candidate candidate =
        passage(1, 0, "x").read(reading("x", NONE, Float.MAX_VALUE, Float.MAX_VALUE));

    assertThat(spans(candidate).scores()).containsExactly(2.0 * Float.MAX_VALUE, NONE);
  }

  @Test
  void spansHaveOneNumberWhenTheirTextsHaveOneNormalForm() {
    for (int seed = 0; seed < 300; seed++) {
      AnswerStrings ofQuestion = new AnswerStrings();
      Map<String, Integer> numbers = new HashMap<>(Map.of("", AnswerStrings.EMPTY));
      for (Candidate candidate : Questions.tied(new Random(seed))) {
        PassageSpans spans = new PassageSpans(candidate, ofQuestion);
        for (int i = 0; i < spans.count(); i++) {
          String answer = AnswerText.normalize(spans.quote(i).text());
          Integer known = numbers.putIfAbsent(answer, spans.answers()[i]);
          if (known != null) {
            assertThat(spans.answers()[i]).as("seed %d: %s", seed, answer).isEqualTo(known);
          }
        }
      }
      assertThat(numbers.values()).as("seed %d", seed).doesNotHaveDuplicates();
    }
  }

  private void assertRefused(String message, double noAnswer, double... scores) {
    Candidate candidate = passage(1, 0, "x y").read(readingUpTo(1, "x y", noAnswer, scores));
    assertThatThrownBy(() -> spans(candidate))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  private PassageSpans spans(Candidate candidate) {
    return new PassageSpans(candidate, strings);
  }

  private static Candidate readThree(int spanTokensMax) {
    String body = "u  vv w";
    return passage(1, 0, body).read(readingUpTo(spanTokensMax, body, -5, 1, 2, 3, 10, 20, 30));
  }

  private static List<String> quotes(PassageSpans spans) {
    List<String> quotes = new ArrayList<>();
    for (int i = 0; i < spans.count(); i++) {
      quotes.add(spans.quote(i).text());
    }
    return quotes;
  }
}
