package io.realmstream.deploy.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExcerptTest {
  @Test
  void shortTextIsWholeAndOneLine() {
    assertThat(Excerpt.of(" one\r\n\ttwo ", 7)).isEqualTo("one two");
    assertThat(Excerpt.of("", 7)).isEmpty();
    assertThat(Excerpt.of("1234567", 7)).isEqualTo("1234567");
  }

  @Test
  void longTextIsCutBetweenWordsAndSaysSo() {
    assertThat(Excerpt.of("one two three", 9)).isEqualTo("one two ...");
    assertThat(Excerpt.of("12345678", 7)).isEqualTo("1234567 ...");
    assertThat(Excerpt.name("x".repeat(100_000))).isEqualTo("x".repeat(200) + " ...");
    assertThat(Excerpt.message("x ".repeat(50_000)).length()).isLessThan(1_010);
    assertThat(Excerpt.of(" ".repeat(100_000) + "x", 7)).isEqualTo(" ...");
  }

  @Test
  void noCharacterIsCutInTwo() {
    assertThat(Excerpt.of("12345\uD83D\uDC4D789", 6)).isEqualTo("12345 ...");
    assertThat(Excerpt.of("1234\uD83D\uDC4D789", 6)).isEqualTo("1234\uD83D\uDC4D ...");
  }
}
