package io.realmstream.model.wikitext.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.model.wikitext.draft.Mark;
import org.junit.jupiter.api.Test;

class ApostrophesTest {
  /** A line in which 2, 3 and 5 stand for as many apostrophes. */
  private static String resolve(String line) {
    String draft =
        line.replace('2', Mark.ITALIC).replace('3', Mark.BOLD).replace('5', Mark.BOLD_ITALIC);
    StringBuilder resolved = new StringBuilder();
    Apostrophes.resolve(draft, 0, draft.length(), resolved);
    return resolved.toString();
  }

  @Test
  void balancedOnesGo() {
    assertThat(resolve("a 2b2 3c3 5d5 2e3f32")).isEqualTo("a b c d ef");
    assertThat(resolve("a 3b")).isEqualTo("a b");
    assertThat(resolve("a 2b")).isEqualTo("a b");
  }

  @Test
  void ofOddNumbersOneIsAnApostrophe() {
    assertThat(resolve("the l3amour2")).isEqualTo("the l'amour");
    assertThat(resolve("dell3Orlando2")).isEqualTo("dell'Orlando");
    assertThat(resolve("a 3b2")).isEqualTo("a 'b");
  }

  @Test
  void aSingleLetterComesBeforeAWordAndAWordBeforeASpace() {
    assertThat(resolve("dell3x 3y l3z2")).isEqualTo("dellx y l'z");
    assertThat(resolve("3x dell3y 3z2")).isEqualTo("x dell'y z");
  }
}
