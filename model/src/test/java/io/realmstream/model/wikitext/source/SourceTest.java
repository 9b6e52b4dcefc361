package io.realmstream.model.wikitext.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SourceTest {
  @Test
  void outsideOfTheTextLinesEnd() {
    Source source = new Source("abc", 2);
    assertThat(source.ahead(-1)).isEqualTo(Source.END);
    assertThat(source.ahead(1)).isEqualTo('b');
    assertThat(source.ahead(2)).isEqualTo(Source.END);
    source.skip(5);
    assertThat(source.at()).isEqualTo(2);
    assertThat(source.hasMore()).isFalse();
  }

  @Test
  void whatIsSoughtIsAWholeNameOfAnyCase() {
    Source source = new Source("</references></REF></ref>", 25);
    assertThat(source.find("</ref")).isEqualTo(13);
    source.skip(14);
    assertThat(source.find("</ref")).isEqualTo(19);
    source.skip(6);
    assertThat(source.find("</ref")).isEqualTo(-1);
  }

  @Test
  void whatIsSoughtInVainIsSoughtOnce() {
    Source source = new Source("<a".repeat(100), 200);
    assertThat(source.find("-->")).isEqualTo(-1);
    long steps = source.steps();
    assertThat(steps).isEqualTo(200);
    assertThat(source.find("-->")).isEqualTo(-1);
    assertThat(source.steps()).isEqualTo(steps);
  }

  @Test
  void theRestOfALineMayBeBlank() {
    assertThat(new Source(" \t\nx", 4).restOfLineIsBlank()).isTrue();
    assertThat(new Source("  ", 2).restOfLineIsBlank()).isTrue();
    assertThat(new Source("  x", 3).restOfLineIsBlank()).isFalse();
  }

  @Test
  void runsAreCounted() {
    assertThat(new Source("[[[a", 4).run('[')).isEqualTo(3);
    assertThat(new Source("[[[a", 2).run('[')).isEqualTo(2);
    assertThat(new Source("a", 1).run('[')).isZero();
  }
}
