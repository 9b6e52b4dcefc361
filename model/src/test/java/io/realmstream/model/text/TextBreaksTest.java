package io.realmstream.model.text;

import static io.realmstream.model.text.TextBreaks.Kind.LINE;
import static io.realmstream.model.text.TextBreaks.Kind.PARAGRAPH;
import static io.realmstream.model.text.TextBreaks.Kind.SENTENCE;
import static io.realmstream.model.text.TextBreaks.Kind.WRAP;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextBreaksTest {
  private record Part(String text, TextBreaks.Kind behind) {}

  @Test
  void sentencesEndBetweenWords() {
    assertThat(parts("One two. Three!  Four"))
        .containsExactly(
            new Part("One two. ", SENTENCE),
            new Part("Three!  ", SENTENCE),
            new Part("Four", PARAGRAPH));
  }

  @Test
  void emptyLineEndsAParagraph() {
    assertThat(parts("One\n \r\nTwo.\n\n\nThree"))
        .containsExactly(
            new Part("One\n \r\n", PARAGRAPH),
            new Part("Two.\n\n\n", PARAGRAPH),
            new Part("Three", PARAGRAPH));
  }

  @Test
  void lineThatMayGoOnInTheNextOneOnlyWraps() {
    assertThat(parts("One two\nthree and\nFour."))
        .containsExactly(
            new Part("One two\n", WRAP),
            new Part("three and\n", WRAP),
            new Part("Four.", PARAGRAPH));
  }

  @Test
  void lineEndsBehindASentenceAndBeforeAMark() {
    assertThat(parts("One two.\nThree\n* four\n  - five"))
        .containsExactly(
            new Part("One two.\n", LINE),
            new Part("Three\n", LINE),
            new Part("* four\n  ", LINE),
            new Part("- five", PARAGRAPH));
  }

  @Test
  void spaceAroundTheTextIsNoTrouble() {
    assertThat(parts("")).isEmpty();
    assertThat(parts("\n")).containsExactly(new Part("\n", PARAGRAPH));
    assertThat(parts("\nOne\n")).extracting(Part::text).containsExactly("\n", "One\n");
  }

  private static List<Part> parts(String text) {
    List<Part> parts = new ArrayList<>();
    TextBreaks breaks = new TextBreaks(text);
    int start = 0;
    while (breaks.next()) {
      parts.add(new Part(text.substring(start, breaks.end()), breaks.kind()));
      start = breaks.end();
    }
    return parts;
  }
}
