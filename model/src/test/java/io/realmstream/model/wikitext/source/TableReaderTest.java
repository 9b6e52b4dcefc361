package io.realmstream.model.wikitext.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TableReaderTest {
  @Test
  void aTableIsDroppedWithAllThatIsInIt() {
    assertThat(Drafts.of("a\n{| b\n! c\n| [[d\n| {{e\n|}\nf")).isEqualTo("a\n~\nf");
    assertThat(Drafts.of("{|\n|\n {|\n| a\n |}\n|}\nb")).isEqualTo("~\nb");
    assertThat(Drafts.of(":{|\n|}")).isEqualTo(":~");
  }

  @Test
  void itBeginsAtTheBeginningOfALineAlone() {
    assertThat(Drafts.of("a {| b")).isEqualTo("a {| b");
    assertThat(Drafts.of("a |} b")).isEqualTo("a |} b");
  }

  @Test
  void theLastLineOfATemplateIsNoEnd() {
    assertThat(Drafts.of("a {{nowrap|b\n|}} c")).isEqualTo("a b c");
    assertThat(Drafts.of("{{plainlist|a\n{|\n| b\n|}}} c")).isEqualTo("\na\n~\n c");
  }

  @Test
  void linesOfATableThatNeverEndsAreMarked() {
    assertThat(Drafts.of("{| a\n| b\nc")).isEqualTo("\n$ a\n$| b\nc");
  }
}
