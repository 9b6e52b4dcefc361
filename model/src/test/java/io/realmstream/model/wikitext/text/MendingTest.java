package io.realmstream.model.wikitext.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.model.wikitext.draft.Mark;
import org.junit.jupiter.api.Test;

class MendingTest {
  /** A paragraph in which # stands for what was dropped and / for a line's end. */
  private static String mend(String paragraph) {
    return Mending.mend(paragraph.replace('#', Mark.DROPPED).replace('/', Mark.BREAK));
  }

  @Test
  void emptyBracketsGo() {
    assertThat(mend("Rome (#) is")).isEqualTo("Rome is");
    assertThat(mend("Rome ( # ; # ), old")).isEqualTo("Rome, old");
    assertThat(mend("Rome [#]")).isEqualTo("Rome");
    assertThat(mend("Rome ((#)) is")).isEqualTo("Rome is");
    assertThat(mend("(#) Rome")).isEqualTo("Rome");
  }

  @Test
  void bracketsKeepWhatIsLeft() {
    assertThat(mend("Rome (#, born)")).isEqualTo("Rome (born)");
    assertThat(mend("Rome (born, # )")).isEqualTo("Rome (born)");
    assertThat(mend("Rome (a, #, b)")).isEqualTo("Rome (a, b)");
  }

  @Test
  void punctuationStandsOnce() {
    assertThat(mend("old, # . Next")).isEqualTo("old. Next");
    assertThat(mend("old #, large")).isEqualTo("old, large");
    assertThat(mend("old.#. Next")).isEqualTo("old. Next");
    assertThat(mend("#, old")).isEqualTo("old");
    assertThat(mend("old, #")).isEqualTo("old");
    assertThat(mend("the \"#\" word")).isEqualTo("the word");
    assertThat(mend("#.")).isEmpty();
  }

  @Test
  void spacesBecomeOneAndLinesKeepTheirEnds() {
    assertThat(mend("  a #  b /  c// d ")).isEqualTo("a b\nc\nd");
  }

  @Test
  void whereNothingWasDroppedNothingChanges() {
    assertThat(mend("f() , ( ) \"\" .. ,;")).isEqualTo("f() , ( ) \"\" .. ,;");
  }
}
