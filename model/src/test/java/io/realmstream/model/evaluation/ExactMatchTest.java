package io.realmstream.model.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ExactMatchTest {
  @Test
  void anyReferenceEqualAfterNormalizationIsAMatch() {
    assertThat(ExactMatch.matches("The U.S.A.", List.of("Canada", "usa"))).isTrue();
    assertThat(ExactMatch.matches("the USA today", List.of("Canada", "usa"))).isFalse();
  }

  @Test
  void accentsDistinguish() {
    assertThat(ExactMatch.matches("Rontgen", List.of("Röntgen"))).isFalse();
    assertThat(ExactMatch.matches("Ro\u0308ntgen", List.of("Röntgen"))).isTrue();
  }

  @Test
  void unansweredIsWrong() {
    assertThat(ExactMatch.matches(null, List.of(""))).isFalse();
    assertThat(ExactMatch.matchesAnyPattern(null, List.of(".*"))).isFalse();
  }

  @Test
  void withoutReferencesNothingMatches() {
    assertThat(ExactMatch.matches("usa", List.of())).isFalse();
  }

  @Test
  void patternMatchesFromTheStartAndNeedNotReachTheEnd() {
    assertThat(ExactMatch.matchesAnyPattern("1969 in July", List.of("19(68|69)"))).isTrue();
    assertThat(ExactMatch.matchesAnyPattern("in 1969", List.of("19(68|69)"))).isFalse();
  }

  @Test
  void patternIgnoresCaseBeyondAscii() {
    assertThat(ExactMatch.matchesAnyPattern("RÖNTGEN", List.of("röntgen"))).isTrue();
  }

  @Test
  void patternClassesAreUnicode() {
    assertThat(ExactMatch.matchesAnyPattern("Röntgen Rays", List.of("\\w+ Rays"))).isTrue();
  }

  @Test
  void onlyALineFeedEndsALine() {
    assertThat(ExactMatch.matchesAnyPattern("Rome\nItaly", List.of("Rome$"))).isTrue();
    assertThat(ExactMatch.matchesAnyPattern("Rome\rItaly", List.of("Rome$"))).isFalse();
    // Multi-line lets ^ match behind a line feed, but the match still starts at the text's start.
    assertThat(ExactMatch.matchesAnyPattern("Rome\nItaly", List.of("^Italy"))).isFalse();
  }

  @Test
  void predictionIsMatchedAsItStands() {
    assertThat(ExactMatch.matchesAnyPattern("the moon", List.of("moon"))).isFalse();
  }

  @Test
  void invalidPatternIsWrongAndHarmsNoOther() {
    assertThat(ExactMatch.matchesAnyPattern("Rome", List.of("(Rome"))).isFalse();
    assertThat(ExactMatch.matchesAnyPattern("Rome", List.of("(Rome", "Rome"))).isTrue();
  }
}
