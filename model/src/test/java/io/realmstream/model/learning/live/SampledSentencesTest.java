package io.realmstream.model.learning.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class SampledSentencesTest {
  private static final List<String> SENTENCES =
      List.of(
          "The first keeper of the light came from the north.",
          "The second keeper of the light counted every ship.",
          "The third keeper of the light painted the tower.",
          "The fourth keeper of the light wrote long letters.",
          "The fifth keeper of the light never slept at night.");

  @Test
  void atMostFourAreChosenAndAlwaysTheSame() {
    List<String> chosen = SampledSentences.of(String.join(" ", SENTENCES));
    List<String> reversed = new ArrayList<>(SENTENCES);
    Collections.reverse(reversed);
    assertThat(chosen).hasSize(4).isSubsetOf(SENTENCES);
    assertThat(SampledSentences.of(String.join(" ", reversed))).isEqualTo(chosen);
  }

  @Test
  void whatSaysTooLittleIsNotAsked() {
    assertThat(SampledSentences.of("Too short. " + SENTENCES.get(0)))
        .containsExactly(SENTENCES.get(0));
    assertThat(SampledSentences.of("")).isEmpty();
    assertThat(SampledSentences.of("x".repeat(100_000))).isEmpty();
  }

  @Test
  void aRepetitionIsAskedOnce() {
    assertThat(SampledSentences.of(SENTENCES.get(0) + " " + SENTENCES.get(0))).hasSize(1);
  }
}
