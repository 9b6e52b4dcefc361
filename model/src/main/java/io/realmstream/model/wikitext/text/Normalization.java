package io.realmstream.model.wikitext.text;

import java.text.Normalizer;

/** Unicode's form NFC, in time that grows with the text. */
final class Normalization {
  /**
   * How many combining marks may follow a letter, as in Unicode's stream-safe text format (UAX 15,
   * section 13). Sorting more would take time that grows with the square of their number.
   */
  private static final int MARKS_MAX = 30;

  private Normalization() {}

  /** Below this, every character is in form NFC, and so is every text of them. */
  private static final char FIRST_MARK = '\u0300';

  /** In form NFC; of marks behind one letter the first thirty. */
  static String nfc(String text) {
    if (text.chars().allMatch(character -> character < FIRST_MARK)) {
      return text;
    }
    StringBuilder bounded = new StringBuilder(text.length());
    int marks = 0;
    for (int i = 0; i < text.length(); ) {
      int codePoint = text.codePointAt(i);
      marks = codePoint >= FIRST_MARK && isMark(codePoint) ? marks + 1 : 0;
      if (marks <= MARKS_MAX) {
        bounded.appendCodePoint(codePoint);
      }
      i += Character.charCount(codePoint);
    }
    return Normalizer.normalize(bounded, Normalizer.Form.NFC);
  }

  private static boolean isMark(int codePoint) {
    int type = Character.getType(codePoint);
    return type == Character.NON_SPACING_MARK
        || type == Character.COMBINING_SPACING_MARK
        || type == Character.ENCLOSING_MARK;
  }
}
