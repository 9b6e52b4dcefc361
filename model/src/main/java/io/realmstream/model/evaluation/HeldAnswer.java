package io.realmstream.model.evaluation;

import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The accepted answers of a question, to be found in passages: a passage holds an answer when the
 * words of the answer's normal form stand in the passage's, side by side (the retrieval measure of
 * Lee et al. 2019 and Karpukhin et al. 2020, on {@link AnswerText#normalize}). A script that writes
 * no spaces shows no words: each of its characters begins and ends one.
 */
public final class HeldAnswer {
  private static final Set<Character.UnicodeScript> WITHOUT_SPACES =
      EnumSet.of(
          Character.UnicodeScript.HAN,
          Character.UnicodeScript.HIRAGANA,
          Character.UnicodeScript.KATAKANA,
          Character.UnicodeScript.BOPOMOFO,
          Character.UnicodeScript.THAI,
          Character.UnicodeScript.LAO,
          Character.UnicodeScript.KHMER,
          Character.UnicodeScript.MYANMAR,
          Character.UnicodeScript.TIBETAN);

  private final List<String> normals;

  /** Answers whose normal form is empty stand in no passage. */
  public HeldAnswer(Collection<String> answers) {
    normals =
        answers.stream().map(AnswerText::normalize).filter(normal -> !normal.isEmpty()).toList();
  }

  /** Whether the text holds any of the answers. */
  public boolean isIn(String text) {
    String passage = AnswerText.normalize(text);
    return normals.stream().anyMatch(normal -> isIn(passage, normal));
  }

  private static boolean isIn(String passage, String normal) {
    int at = passage.indexOf(normal);
    while (at >= 0) {
      if (isEdge(passage, at) && isEdge(passage, at + normal.length())) {
        return true;
      }
      at = passage.indexOf(normal, at + 1);
    }
    return false;
  }

  /** Whether no word and no character with its marks goes across {@code at}. */
  private static boolean isEdge(String text, int at) {
    if (at == 0 || at == text.length()) {
      return true;
    }
    int behind = text.codePointAt(at);
    return !isMark(behind) && (separates(behind) || separates(characterBefore(text, at)));
  }

  private static int characterBefore(String text, int at) {
    int start = at;
    int character;
    do {
      character = text.codePointBefore(start);
      start -= Character.charCount(character);
    } while (start > 0 && isMark(character));
    return character;
  }

  private static boolean isMark(int character) {
    return Character.getType(character) == Character.NON_SPACING_MARK;
  }

  private static boolean separates(int character) {
    return character == ' ' || WITHOUT_SPACES.contains(Character.UnicodeScript.of(character));
  }
}
