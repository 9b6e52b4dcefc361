package io.realmstream.model.wikitext.facts;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.model.wikitext.facts.LinkNames.Kind;
import org.junit.jupiter.api.Test;

class LinkNamesTest {
  @Test
  void whatStandsBeforeTheColonDecides() {
    assertThat(LinkNames.kind("File:a.jpg")).isEqualTo(Kind.FILE);
    assertThat(LinkNames.kind("image : a.jpg")).isEqualTo(Kind.FILE);
    assertThat(LinkNames.kind("Tập_tin:a.jpg")).isEqualTo(Kind.FILE);
    assertThat(LinkNames.kind("kategorie:A")).isEqualTo(Kind.CATEGORY);
    assertThat(LinkNames.kind("zh-min-nan:A")).isEqualTo(Kind.LANGUAGE);
    assertThat(LinkNames.kind(":File:a.jpg")).isEqualTo(Kind.PAGE);
    assertThat(LinkNames.kind("Alien: Covenant")).isEqualTo(Kind.PAGE);
    assertThat(LinkNames.kind("Rome")).isEqualTo(Kind.PAGE);
  }
}
