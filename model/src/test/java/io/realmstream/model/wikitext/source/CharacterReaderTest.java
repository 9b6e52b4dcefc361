package io.realmstream.model.wikitext.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CharacterReaderTest {
  @Test
  void entitiesAreDecodedOnceAndAreNoMarkup() {
    assertThat(Drafts.of("&amp;lt; &#91;&#91;a]] &#42;")).isEqualTo("&lt; [[a ^*^");
    assertThat(Drafts.of("&nbsp;&#10;&zwj;&unknown;&")).isEqualTo("  \u200d&unknown;&");
  }

  @Test
  void spacesOfAllKindsAreSpaces() {
    assertThat(Drafts.of("a\tb\u00a0c\u2003d\u3000e")).isEqualTo("a b c d e");
  }

  @Test
  void whatNoTextMayHaveIsReplaced() {
    assertThat(Drafts.of("a\ud800b\udc00c\ufdd0d\uffffe"))
        .isEqualTo("a\ufffdb\ufffdc\ufffdd\ufffde");
    assertThat(Drafts.of("a\u0000b\u0007c\u00add\ufeffe")).isEqualTo("abcde");
    assertThat(Drafts.of("\ud83d\ude00")).isEqualTo("\ud83d\ude00");
  }

  @Test
  void nowikiIsTextUpToItsEnd() {
    assertThat(Drafts.of("<nowiki>[[a]] &lt;\n* b</nowiki>")).isEqualTo("^[[a]] <\n^* b^");
    assertThat(Drafts.of("a<nowiki/>b")).isEqualTo("a^b");
  }
}
