package io.realmstream.model.evaluation;

import java.util.Collection;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Exact match (EM) of a prediction with the best of its references. A question without a prediction
 * (null) is wrong; a data set's EM is the share of right ones among all its questions.
 */
public final class ExactMatch {
  /** Python's IGNORECASE, UNICODE and MULTILINE, where only a line feed ends a line. */
  private static final int FLAGS =
      Pattern.CASE_INSENSITIVE
          | Pattern.UNICODE_CASE
          | Pattern.UNICODE_CHARACTER_CLASS
          | Pattern.MULTILINE
          | Pattern.UNIX_LINES;

  private ExactMatch() {}

  /** Whether the prediction equals any reference after {@link AnswerText#normalize}. */
  public static boolean matches(@Nullable String prediction, Collection<String> references) {
    if (prediction == null) {
      return false;
    }
    String normal = AnswerText.normalize(prediction);
    return references.stream().anyMatch(r -> AnswerText.normalize(r).equals(normal));
  }

  /**
   * Whether any regular expression matches from the start of the prediction as it stands, not
   * necessarily to its end (CuratedTREC). An invalid expression matches nothing.
   */
  public static boolean matchesAnyPattern(
      @Nullable String prediction, Collection<String> expressions) {
    return prediction != null && expressions.stream().anyMatch(e -> matchesAtStart(prediction, e));
  }

  private static boolean matchesAtStart(String prediction, String expression) {
    try {
      return Pattern.compile(expression, FLAGS).matcher(prediction).lookingAt();
    } catch (PatternSyntaxException e) {
      return false;
    }
  }
}
