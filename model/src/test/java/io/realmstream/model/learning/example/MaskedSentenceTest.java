package io.realmstream.model.learning.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.realmstream.model.learning.example.SalientSpan.Kind;
import org.junit.jupiter.api.Test;

class MaskedSentenceTest {
  private static final String SENTENCE = "Dante was born in Florence in 1265.";

  @Test
  void eachTokenOfTheSpanIsAMask() {
    SalientSpan span = new SalientSpan(18, 26, Kind.NAME);
    assertThat(MaskedSentence.of(SENTENCE, span, text -> 2))
        .isEqualTo(
            new MaskedSentence("Dante was born in [MASK] [MASK] in 1265.", "Florence", Kind.NAME));
  }

  @Test
  void spanWithoutTokensIsRefused() {
    SalientSpan span = new SalientSpan(18, 26, Kind.NAME);
    assertThatThrownBy(() -> MaskedSentence.of(SENTENCE, span, text -> 0))
        .hasMessage("a span without tokens: Florence");
  }
}
