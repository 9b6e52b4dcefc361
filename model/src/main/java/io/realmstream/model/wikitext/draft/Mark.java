package io.realmstream.model.wikitext.draft;

/**
 * What a draft says besides its text. Each mark is one of the characters that Unicode reserves for
 * internal use (noncharacters, U+FDD0 to U+FDEF). They are removed from wikitext that has them.
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

  /** The character next to it is text, even if it looks like markup. */
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
