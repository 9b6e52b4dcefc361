package io.realmstream.deploy.cli.evaluate.robustness;

import io.realmstream.model.evaluation.HeldAnswer;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A text in which one answer was replaced by another.
 *
 * @param after the answer that is there now
 * @param text with that answer
 */
record Swap(String after, String text) {

  /**
   * Puts another answer of the same kind in place of an accepted one, wherever that stands.
   *
   * @param accepted answers of the question
   * @param others answers of other questions, in the order in which they are tried
   * @return null when no accepted answer stands there as it is written, when one would be left, or
   *     when no other answer is of its kind and new to the text
   */
  static @Nullable Swap of(String text, List<String> accepted, Collection<String> others) {
    HeldAnswer held = new HeldAnswer(accepted);
    for (String before : accepted) {
      Pattern standing =
          Pattern.compile("(?<![\\p{L}\\p{N}])" + Pattern.quote(before) + "(?![\\p{L}\\p{N}])");
      if (!standing.matcher(text).find()) {
        continue;
      }
      for (String after : others) {
        if (kind(after).equals(kind(before)) && !text.contains(after)) {
          String swapped = standing.matcher(text).replaceAll(Matcher.quoteReplacement(after));
          if (!held.isIn(swapped)) {
            return new Swap(after, swapped);
          }
        }
      }
    }
    return null;
  }

  /**
   * What an answer looks like: a year, another number, a name or other words, and how many words.
   */
  static String kind(String answer) {
    String[] words = answer.strip().split("\\s+", -1);
    String look;
    if (answer.matches("\\d{4}")) {
      look = "year";
    } else if (answer.matches(".*\\d.*")) {
      look = "number";
    } else {
      look = Character.isUpperCase(words[0].codePointAt(0)) ? "name" : "words";
    }
    return look + " of " + Math.min(words.length, 4);
  }
}
