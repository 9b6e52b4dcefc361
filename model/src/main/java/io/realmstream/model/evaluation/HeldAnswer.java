package io.realmstream.model.evaluation;

import java.util.Collection;
import java.util.List;

/**
 * The accepted answers of a question, to be found in passages: a passage holds an answer when the
 * words of the answer's normal form stand in the passage's, side by side (the retrieval measure of
 * Lee et al. 2019 and Karpukhin et al. 2020, on {@link AnswerText#normalize}).
 */
public final class HeldAnswer {
  private final List<String> words;

  /** Answers whose normal form is empty stand in no passage. */
  public HeldAnswer(Collection<String> answers) {
    words =
        answers.stream()
            .map(AnswerText::normalize)
            .filter(normal -> !normal.isEmpty())
            .map(HeldAnswer::bounded)
            .toList();
  }

  /** Whether the text holds any of the answers. */
  public boolean isIn(String text) {
    String passage = bounded(AnswerText.normalize(text));
    return words.stream().anyMatch(passage::contains);
  }

  /** A normal form has single spaces between its words and none at its ends. */
  private static String bounded(String normal) {
    return " " + normal + " ";
  }
}
