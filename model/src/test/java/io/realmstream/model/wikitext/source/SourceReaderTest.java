package io.realmstream.model.wikitext.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.model.wikitext.template.TemplateTable;
import org.junit.jupiter.api.Test;

class SourceReaderTest {
  @Test
  void linesStayAsTheyAre() {
    assertThat(Drafts.of("== a ==\n* b\n\n c")).isEqualTo("== a ==\n* b\n\n c");
    assertThat(Drafts.of("a\r\nb")).isEqualTo("a\nb");
  }

  @Test
  void apostrophesAreMarked() {
    assertThat(Drafts.of("'a' ''b'' '''c''' '''''d''''' ''''e")).isEqualTo("'a' 2b2 3c3 5d5 '3e");
    assertThat(Drafts.of("'''''''")).isEqualTo("''5");
  }

  @Test
  void magicWordsAreDropped() {
    assertThat(Drafts.of("__TOC__a__b__ __A __C_")).isEqualTo("~a__b__ __A __C_");
  }

  @Test
  void anEqualsSignInAHeadingNamesNoParameter() {
    assertThat(Drafts.of("{{columns-list|\n== a ==\nb\n}}")).isEqualTo("\n== a ==\nb\n");
  }

  @Test
  void itEndsWhereTheWikitextIsCut() {
    SourceReader reader =
        new SourceReader("abc", TemplateTable.shipped(), false, new SourceLimits(2, 1, 100));
    assertThat(reader.read().text()).isEqualTo("ab");
    assertThat(reader.isCut()).isTrue();
  }
}
