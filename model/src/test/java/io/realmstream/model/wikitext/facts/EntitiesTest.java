package io.realmstream.model.wikitext.facts;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.model.wikitext.facts.Entities.Entity;
import org.junit.jupiter.api.Test;

class EntitiesTest {
  @Test
  void namesAndNumbersStandForCharacters() {
    assertThat(Entities.at("&amp;amp;", 0)).isEqualTo(new Entity("&", 5));
    assertThat(Entities.at("x&eacute;", 1)).isEqualTo(new Entity("é", 8));
    assertThat(Entities.at("&#8364;", 0)).isEqualTo(new Entity("€", 7));
    assertThat(Entities.at("&#x1f600;", 0)).isEqualTo(new Entity("\ud83d\ude00", 9));
    assertThat(Entities.at("&Alpha;&alpha;", 0)).isEqualTo(new Entity("Α", 7));
  }

  @Test
  void othersAreNone() {
    for (String text :
        new String[] {
          "&",
          "&;",
          "&amp",
          "&amp ;",
          "&nothing;",
          "&#;",
          "&#x;",
          "&#0;",
          "&#12a;",
          "&#x110000;",
          "&#99999999999;",
          "&#x99999999999999999999;",
          "&AMPERSANDLONG;",
          "&#-1;",
          "&#١;",
        }) {
      assertThat(Entities.at(text, 0)).as(text).isNull();
    }
  }
}
