package io.realmstream.model.learning.example;

import java.util.Collections;
import java.util.function.ToIntFunction;

/**
 * A sentence with a salient span behind masks: a question whose answer is known.
 *
 * @param text the sentence with {@code [MASK]} once for each token of the span
 * @param answer what stood there
 */
public record MaskedSentence(String text, String answer, SalientSpan.Kind kind) {
  private static final String MASK = "[MASK]";

  /**
   * Masks a span.
   *
   * @param tokens how many tokens the reader makes of a text
   */
  public static MaskedSentence of(String sentence, SalientSpan span, ToIntFunction<String> tokens) {
    String answer = span.of(sentence);
    int count = tokens.applyAsInt(answer);
    if (count < 1) {
      throw new IllegalArgumentException("a span without tokens: " + answer);
    }
    String masks = String.join(" ", Collections.nCopies(count, MASK));
    String text = sentence.substring(0, span.start()) + masks + sentence.substring(span.end());
    return new MaskedSentence(text, answer, span.kind());
  }
}
