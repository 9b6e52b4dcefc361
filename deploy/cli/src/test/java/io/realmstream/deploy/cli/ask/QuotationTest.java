package io.realmstream.deploy.cli.ask;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.schemas.answer.Span;
import org.junit.jupiter.api.Test;

class QuotationTest {
  private static final String TEXT =
      "The tower is old. It was lit in 1871 by Ana Brik. Nobody lives there.";

  @Test
  void spanStandsInItsSentence() {
    assertThat(quote("1871")).isEqualTo("It was lit in [1871] by Ana Brik.");
  }

  @Test
  void spanAtTheBeginningOrEndOfTheTextIsQuotedToo() {
    assertThat(quote("The tower")).isEqualTo("[The tower] is old.");
    assertThat(quote("there.")).isEqualTo("Nobody lives [there.]");
  }

  @Test
  void spanAtTheBeginningOfASentenceDoesNotDragTheOneBefore() {
    assertThat(quote("It was")).isEqualTo("[It was] lit in 1871 by Ana Brik.");
  }

  @Test
  void longSentencesAreCutAroundTheSpanAtWords() {
    String text = "word ".repeat(100) + "here " + "word ".repeat(100);
    int start = text.indexOf("here");
    String quotation = Quotation.of(text, new Span("here", start, start + 4));
    assertThat(quotation).startsWith("... word").contains("word [here] word").endsWith("word ...");
    assertThat(quotation.length()).isLessThan(300);
  }

  private static String quote(String span) {
    int start = TEXT.indexOf(span);
    return Quotation.of(TEXT, new Span(span, start, start + span.length()));
  }
}
