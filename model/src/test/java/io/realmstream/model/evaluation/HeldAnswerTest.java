package io.realmstream.model.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class HeldAnswerTest {
  @Test
  void theWordsOfAnAnswerStandSideBySide() {
    HeldAnswer held = new HeldAnswer(List.of("New York City"));
    assertThat(held.isIn("It opened in the New York city of 1904.")).isTrue();
    assertThat(held.isIn("A new city near York")).isFalse();
  }

  @Test
  void wordsCountWholeAndAtBothEnds() {
    HeldAnswer held = new HeldAnswer(List.of("art"));
    assertThat(held.isIn("Art is long")).isTrue();
    assertThat(held.isIn("Life and art.")).isTrue();
    assertThat(held.isIn("a part of the party")).isFalse();
  }

  @Test
  void caseArticlesAndPunctuationDoNotCount() {
    assertThat(new HeldAnswer(List.of("The U.S.A.")).isIn("made in (USA)!")).isTrue();
    assertThat(new HeldAnswer(List.of("king of hill")).isIn("King of the Hill, again")).isTrue();
  }

  @Test
  void oneAcceptedAnswerSuffices() {
    assertThat(new HeldAnswer(List.of("1905", "1904")).isIn("lit in 1904")).isTrue();
  }

  @Test
  void anEmptyAnswerIsInNoPassage() {
    assertThat(new HeldAnswer(List.of("The", "...")).isIn("the end ...")).isFalse();
    assertThat(new HeldAnswer(List.of()).isIn("anything")).isFalse();
    assertThat(new HeldAnswer(List.of("x")).isIn("")).isFalse();
  }

  @Test
  void whereWordsHaveNoSpacesCharactersCount() {
    assertThat(new HeldAnswer(List.of("東京")).isIn("日本の首都は東京です。")).isTrue();
    assertThat(new HeldAnswer(List.of("กรุงเทพ")).isIn("เมืองหลวงคือกรุงเทพมหานคร")).isTrue();
    assertThat(new HeldAnswer(List.of("1964")).isIn("東京で1964年に")).isTrue();
    assertThat(new HeldAnswer(List.of("京都")).isIn("日本の首都は東京です。")).isFalse();
    assertThat(new HeldAnswer(List.of("か")).isIn("東京が")).isFalse();
  }

  @Test
  void whereWordsHaveSpacesPartsOfThemDoNotCount() {
    assertThat(new HeldAnswer(List.of("ана")).isIn("банан")).isFalse();
    assertThat(new HeldAnswer(List.of("96")).isIn("東京で1964年に")).isFalse();
  }
}
