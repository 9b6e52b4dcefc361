package io.realmstream.model.evaluation;

import java.text.Normalizer;

/**
 * The identity of answer strings: {@code normalize_answer} of the SQuAD and ORQA evaluation scripts
 * (Rajpurkar et al. 2016; Lee et al. 2019), with the meaning that Python 3 gives to "lower",
 * "split" and "\b" on Unicode text.
 *
 * <p>Works on each piece between white space alone: normalize(s) is the normal forms of the pieces
 * of s, joined by single spaces, empty ones left out.
 */
public final class AnswerText {
  /** Case-ignorable by their word-break class; the others are told by their general category. */
  private static final String CASE_IGNORABLE =
      "'.:\u00b7\u0387\u055f\u05f4\u2018\u2019\u2024\u2027"
          + "\ufe13\ufe52\ufe55\uff07\uff0e\uff1a";

  private AnswerText() {}

  /**
   * Decomposes (NFD), lower-cases, deletes ASCII punctuation, replaces the words a, an and the by a
   * space, collapses white space and trims. Accents and other punctuation stay.
   *
   * @return may be empty: then the text is not an answer
   */
  public static String normalize(String text) {
    String decomposed = Normalizer.normalize(text, Normalizer.Form.NFD);
    StringBuilder kept = new StringBuilder(decomposed.length());
    for (int i = 0; i < decomposed.length(); ) {
      int character = decomposed.codePointAt(i);
      if (!isAsciiPunctuation(character)) {
        kept.appendCodePoint(lowerCase(decomposed, i, character));
      }
      i += Character.charCount(character);
    }
    return withoutArticles(kept);
  }

  /** White space as Python's split() sees it: Java's, the no-break spaces and NEXT LINE. */
  public static boolean isWhiteSpace(int character) {
    return Character.isWhitespace(character)
        || Character.isSpaceChar(character)
        || character == 0x85;
  }

  private static String withoutArticles(CharSequence text) {
    StringBuilder words = new StringBuilder(text.length());
    boolean gap = false;
    for (int i = 0; i < text.length(); ) {
      int end = endOfWord(text, i);
      if (end == i) {
        int character = Character.codePointAt(text, i);
        end += Character.charCount(character);
        if (isWhiteSpace(character)) {
          gap = true;
          i = end;
          continue;
        }
      } else if (isArticle(text, i, end)) {
        gap = true;
        i = end;
        continue;
      }
      if (gap && !words.isEmpty()) {
        words.append(' ');
      }
      gap = false;
      words.append(text, i, end);
      i = end;
    }
    return words.toString();
  }

  /** End of the run of word characters that starts here; the start itself when there is none. */
  private static int endOfWord(CharSequence text, int start) {
    int end = start;
    while (end < text.length()) {
      int character = Character.codePointAt(text, end);
      if (!isWordCharacter(character)) {
        break;
      }
      end += Character.charCount(character);
    }
    return end;
  }

  /** Python's isalnum: letters and numbers of every kind. Marks are none: they end a word. */
  private static boolean isWordCharacter(int character) {
    if (Character.isLetterOrDigit(character)) {
      return true;
    }
    int type = Character.getType(character);
    return type == Character.LETTER_NUMBER || type == Character.OTHER_NUMBER;
  }

  private static boolean isArticle(CharSequence text, int start, int end) {
    return switch (end - start) {
      case 1 -> text.charAt(start) == 'a';
      case 2 -> text.charAt(start) == 'a' && text.charAt(start + 1) == 'n';
      case 3 ->
          text.charAt(start) == 't'
              && text.charAt(start + 1) == 'h'
              && text.charAt(start + 2) == 'e';
      default -> false;
    };
  }

  private static boolean isAsciiPunctuation(int character) {
    return character > ' '
        && character < 0x7f
        && !(character >= '0' && character <= '9')
        && !(character >= 'A' && character <= 'Z')
        && !(character >= 'a' && character <= 'z');
  }

  /**
   * On decomposed text one code point gives one; only capital sigma depends on its neighbours
   * (Unicode SpecialCasing, Final_Sigma).
   */
  private static int lowerCase(String text, int at, int character) {
    if (character != 'Σ') {
      return Character.toLowerCase(character);
    }
    int before = at;
    while (before > 0 && isCaseIgnorable(text.codePointBefore(before))) {
      before -= Character.charCount(text.codePointBefore(before));
    }
    int after = at + 1;
    while (after < text.length() && isCaseIgnorable(text.codePointAt(after))) {
      after += Character.charCount(text.codePointAt(after));
    }
    boolean endsWord =
        before > 0
            && isCased(text.codePointBefore(before))
            && !(after < text.length() && isCased(text.codePointAt(after)));
    return endsWord ? 'ς' : 'σ';
  }

  private static boolean isCased(int character) {
    return Character.isLowerCase(character)
        || Character.isUpperCase(character)
        || Character.isTitleCase(character);
  }

  private static boolean isCaseIgnorable(int character) {
    return switch (Character.getType(character)) {
      case Character.NON_SPACING_MARK,
          Character.ENCLOSING_MARK,
          Character.FORMAT,
          Character.MODIFIER_LETTER,
          Character.MODIFIER_SYMBOL ->
          true;
      default -> CASE_IGNORABLE.indexOf(character) >= 0;
    };
  }
}
