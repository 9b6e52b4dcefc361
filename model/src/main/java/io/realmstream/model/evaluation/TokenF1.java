package io.realmstream.model.evaluation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The SQuAD token F1 (Rajpurkar et al. 2016): overlap of prediction and reference as word bags. */
public final class TokenF1 {
  private TokenF1() {}

  /**
   * The best F1 over the references.
   *
   * @param prediction null = unanswered
   * @return 0 to 1; 0 when nothing is shared
   */
  public static double score(@Nullable String prediction, Collection<String> references) {
    if (prediction == null) {
      return 0;
    }
    List<String> predicted = words(prediction);
    return references.stream().mapToDouble(r -> f1(predicted, words(r))).max().orElse(0);
  }

  private static double f1(List<String> predicted, List<String> reference) {
    List<String> missed = new ArrayList<>(reference);
    int shared = 0;
    for (String word : predicted) {
      if (missed.remove(word)) {
        shared++;
      }
    }
    // 2PR / (P + R) with P = shared / |predicted| and R = shared / |reference|
    return shared == 0 ? 0 : 2.0 * shared / (predicted.size() + reference.size());
  }

  private static List<String> words(String text) {
    String normal = AnswerText.normalize(text);
    return normal.isEmpty() ? List.of() : List.of(normal.split(" "));
  }
}
