package io.realmstream.model.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class TokenF1Test {
  @Test
  void sharedWordsAreCountedAsBags() {
    // predicted: new york city (articles and marks away); reference: york city; shared 2.
    // P = 2/3, R = 2/2, F1 = 2 * 2/3 / (5/3) = 4/5
    assertThat(score("the New York City!", "York City")).isCloseTo(0.8, within(1e-15));
    // predicted: go go go; reference: go go; shared 2: P = 2/3, R = 1
    assertThat(score("go go go", "go go")).isCloseTo(0.8, within(1e-15));
    // predicted: go; reference: go go; shared 1: P = 1, R = 1/2, F1 = 1 / (3/2) = 2/3
    assertThat(score("go", "go go")).isCloseTo(2 / 3.0, within(1e-15));
  }

  @Test
  void orderDoesNotMatter() {
    assertThat(score("york new", "New York")).isEqualTo(1);
  }

  @Test
  void nothingSharedIsZero() {
    assertThat(score("Rome", "Paris")).isZero();
    assertThat(score("the", "the")).isZero();
  }

  @Test
  void bestReferenceCounts() {
    assertThat(TokenF1.score("Rome", List.of("Paris", "Rome Italy", "rome"))).isEqualTo(1);
  }

  @Test
  void unansweredOrWithoutReferencesIsZero() {
    assertThat(TokenF1.score(null, List.of("Rome"))).isZero();
    assertThat(TokenF1.score("Rome", List.of())).isZero();
  }

  private static double score(String prediction, String reference) {
    return TokenF1.score(prediction, List.of(reference));
  }
}
