package io.realmstream.model.wikitext.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.model.wikitext.draft.Mark;
import org.junit.jupiter.api.Test;

/** The form in which {@code PassageSplitter} takes a text. */
class TextWriterTest {
  @Test
  void paragraphsHaveAnEmptyLineBetweenThem() {
    assertThat(TextWriter.write("a\nb\n\n\nc\n")).isEqualTo("a b\n\nc");
  }

  @Test
  void namesOfSectionsStandBeforeTheirFirstParagraph() {
    assertThat(TextWriter.write("a\n== B ==\n=== C ===\nd\n== E ==\n== F ==\n* g"))
        .isEqualTo("a\n\nB\nC\nd\n\nF\n- g");
  }

  @Test
  void aHeadingEndsTheOnesBelowIt() {
    assertThat(TextWriter.write("=== A ===\n== B ==\nc")).isEqualTo("B\nc");
    assertThat(TextWriter.write("======= A =======\nc")).isEqualTo("= A =\nc");
    assertThat(TextWriter.write("== A ===\nc")).isEqualTo("A =\nc");
    assertThat(TextWriter.write("====\nc")).isEqualTo("==== c");
  }

  @Test
  void itemsHaveLinesOfTheirOwn() {
    assertThat(TextWriter.write("a\n* b\n** c\n: d\n; e : f\n\n* g\nh"))
        .isEqualTo("a\n- b\n- c\nd\ne: f\n- g\n\nh");
  }

  @Test
  void emptyItemsAndLinesOfTablesGo() {
    String dropped = String.valueOf(Mark.DROPPED);
    assertThat(TextWriter.write("a\n*" + dropped + "\n" + Mark.CELL + "| b\n" + dropped + "\nc"))
        .isEqualTo("a\n\nc");
  }

  @Test
  void markedTextIsNoMarkup() {
    assertThat(TextWriter.write(Mark.TEXT + "* a")).isEqualTo("* a");
    assertThat(TextWriter.write("== a =" + Mark.TEXT + "=" + Mark.TEXT)).isEqualTo("== a ==");
  }

  @Test
  void theTextIsInFormC() {
    assertThat(TextWriter.write("Cafe\u0301")).isEqualTo("Caf\u00e9");
    assertThat(TextWriter.write("a" + "\u0323".repeat(100))).hasSize(30);
  }
}
