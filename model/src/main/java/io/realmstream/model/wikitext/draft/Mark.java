package io.realmstream.model.wikitext.draft;

/**
 * What a draft says beside its text: one character each, from those that Unicode leaves to programs
 * (U+FDD0 to U+FDEF). Wikitext that has them loses them.
 */
public final class Mark {
  /** Something stood here and was dropped. */
  public static final char DROPPED = '\ufdd0';

  /** Two apostrophes. */
  public static final char ITALIC = '\ufdd1';

  /** Three apostrophes. */
  public static final char BOLD = '\ufdd2';

  /** Five apostrophes. */
  public static final char BOLD_ITALIC = '\ufdd3';

  /** A line ends here, its paragraph does not. */
  public static final char BREAK = '\ufdd4';

  /** First of a line that belongs to a table. */
  public static final char CELL = '\ufdd5';

  /** The character behind, or before, is text where it could be taken for markup. */
  public static final char TEXT = '\ufdd6';

  private Mark() {}

  public static boolean isMark(char character) {
    return character >= '\ufdd0' && character <= '\ufdef';
  }

  /** Without marks, and without white space at the ends. */
  public static String plain(String draft) {
    StringBuilder plain = new StringBuilder(draft.length());
    for (int i = 0; i < draft.length(); i++) {
      if (!isMark(draft.charAt(i))) {
        plain.append(draft.charAt(i));
      }
    }
    return plain.toString().strip();
  }
}
