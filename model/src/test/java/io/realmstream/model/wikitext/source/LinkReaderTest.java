package io.realmstream.model.wikitext.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LinkReaderTest {
  @Test
  void theTextOfALinkStays() {
    assertThat(Drafts.of("[[a]] [[b|c]] [[d|e|f]] [[:g]] [[h (i)|]] [[|j]]"))
        .isEqualTo("a c e|f g h j");
  }

  @Test
  void filesGoWithTheLinksInTheirCaptions() {
    assertThat(Drafts.of("a [[File:b|c [[d|e]] [http://f g]]] h")).isEqualTo("a ~ h");
  }

  @Test
  void whatNeverClosesEndsWithItsParagraph() {
    assertThat(Drafts.of("[[a|b\n\nc]]")).isEqualTo("b\n\nc");
    assertThat(Drafts.of("[[File:a|b\n\nc")).isEqualTo("~\n\nc");
    assertThat(Drafts.of("[http://a b\nc]")).isEqualTo("b\nc]");
  }

  @Test
  void anAddressAloneIsDropped() {
    assertThat(Drafts.of("[http://a] [mailto:b c] [d] [http:e]")).isEqualTo("~ c [d] [http:e]");
  }

  @Test
  void ofAnOddNumberOfBracketsOneIsText() {
    assertThat(Drafts.of("[[[a]]]")).isEqualTo("[a]");
    assertThat(Drafts.of("[[http://a b]]")).isEqualTo("[b]");
  }
}
