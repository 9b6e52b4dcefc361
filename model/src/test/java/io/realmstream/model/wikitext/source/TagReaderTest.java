package io.realmstream.model.wikitext.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TagReaderTest {
  @Test
  void contentThatIsNoTextGoesWithItsTag() {
    assertThat(Drafts.of("a<ref name=\"b\">{{c</ref>d<REF/>e<ref>f</ref >g")).isEqualTo("a~d~e~g");
    assertThat(Drafts.of("<ref>a</references></ref>b")).isEqualTo("~b");
  }

  @Test
  void aTagThatNeverClosesKeepsItsText() {
    assertThat(Drafts.of("a<ref>b")).isEqualTo("a b");
    assertThat(Drafts.of("a<nowiki>''b''")).isEqualTo("a 2b2");
    assertThat(Drafts.of("a</ref>b")).isEqualTo("ab");
  }

  @Test
  void halfATagAndUnknownOnesAreText() {
    assertThat(Drafts.of("<b <i>a <foo> <b")).isEqualTo("<b a <foo> <b");
  }

  @Test
  void commentsGoAndTakeTheirLinesWithThem() {
    assertThat(Drafts.of("a<!-- b -->c")).isEqualTo("ac");
    assertThat(Drafts.of("a\n <!-- b --> <!-- c --> \nd")).isEqualTo("a\n  d");
    assertThat(Drafts.of("a<!-- b")).isEqualTo("a");
  }

  @Test
  void blocksAndLinesAreKept() {
    assertThat(Drafts.of("a<br>b<p>c</p>d")).isEqualTo("a/b\n\nc\n\nd");
    assertThat(Drafts.of("<ul><li>a</li><li>b</li></ul>")).isEqualTo("\n* a\n* b\n\n");
    assertThat(Drafts.of("<h3>a</h3>")).isEqualTo("\n\n=== a ===\n");
    assertThat(Drafts.of("<poem>a\nb\n\nc</poem>")).isEqualTo("\n\na/b\n\nc\n\n");
  }

  @Test
  void tablesOfHtmlAreDropped() {
    assertThat(Drafts.of("a <table><tr><td>b</td></tr></table>c")).isEqualTo("a \n\n~\n\nc");
    assertThat(Drafts.of("a</table>b")).isEqualTo("ab");
  }

  @Test
  void onlyPlainFormulasStay() {
    assertThat(Drafts.of("<math>a + b_1</math> <math>\\frac{a}{b}</math>")).isEqualTo("a + b_1 ~");
  }
}
