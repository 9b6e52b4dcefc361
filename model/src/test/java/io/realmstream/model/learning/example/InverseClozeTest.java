package io.realmstream.model.learning.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class InverseClozeTest {

  @Test
  void nineSentencesOfTenAreTakenOut() {
    int removed = 0;
    for (int i = 0; i < 2_000; i++) {
      String first = "Sentence number %d of this text is long enough.".formatted(i);
      String second = "Another one follows it here and is as long.";
      List<InverseCloze> pairs = InverseCloze.of(first + " " + second);
      assertThat(pairs).hasSize(2);
      InverseCloze pair = pairs.get(0);
      assertThat(pair.sentence()).isEqualTo(first);
      assertThat(pair.passage()).isEqualTo(pair.removed() ? second : first + " " + second);
      removed += pair.removed() ? 1 : 0;
    }
    assertThat(removed).isBetween(1_740, 1_860);
  }

  @Test
  void onlySentenceStays() {
    String only = "This passage has one sentence and nothing else at all.";
    assertThat(InverseCloze.of(only)).containsExactly(new InverseCloze(only, only, false));
  }

  @Test
  void shortSentencesAreNoQueries() {
    assertThat(InverseCloze.of("Too short. So is this.")).isEmpty();
    assertThat(InverseCloze.of("")).isEmpty();
  }
}
