package io.realmstream.model.text;

import java.util.Arrays;
import java.util.function.Function;

/**
 * The characters that a tokenizer takes for white space and otherwise ignores: however many of them
 * stand in one place, and whichever, the tokens are the same; at a text's ends there are none.
 *
 * @param characters each once, ascending; empty for a tokenizer that sees white space
 */
public record WhiteSpace(String characters) {
  /** Of a tokenizer that sees white space. */
  public static final WhiteSpace NONE = new WhiteSpace("");

  /** All that Unicode calls white space. */
  private static final String UNICODE =
      "\t\n\u000b\f\r \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008"
          + "\u2009\u200a\u2028\u2029\u202f\u205f\u3000";

  /** Beginnings and ends with a space between them, of each kind that tokenizers tell apart. */
  private static final String[][] PLACES = {
    {"a", "b"},
    {"B", "1"},
    {"1", "2"},
    {"2", "."},
    {".", "a"},
    {"\u4e2d", "\u6587"},
    {"\u00e9", "-"}
  };

  /** Longer than any run that a vocabulary is likely to have a token for. */
  private static final int RUN = 9;

  /**
   * Finds out by trying: each character in the place of a space, beside one, repeated, at both
   * ends.
   *
   * @param tokens the ids of a text
   */
  static WhiteSpace of(Function<String, long[]> tokens) {
    StringBuilder ignored = new StringBuilder();
    for (int i = 0; i < UNICODE.length(); i++) {
      if (isIgnored(UNICODE.substring(i, i + 1), tokens)) {
        ignored.append(UNICODE.charAt(i));
      }
    }
    // runs become spaces, so these must be ignored themselves
    return ignored.indexOf(" ") < 0 ? NONE : new WhiteSpace(ignored.toString());
  }

  private static boolean isIgnored(String character, Function<String, long[]> tokens) {
    for (String[] place : PLACES) {
      String left = place[0];
      String right = place[1];
      long[] expected = tokens.apply(left + " " + right);
      for (String between :
          new String[] {
            character, character + " ", " " + character, character.repeat(RUN),
          }) {
        if (!Arrays.equals(expected, tokens.apply(left + between + right))) {
          return false;
        }
      }
      String around = character + left + " " + right + character + character;
      if (!Arrays.equals(expected, tokens.apply(around))) {
        return false;
      }
    }
    return true;
  }

  /** What both ignore. */
  public WhiteSpace and(WhiteSpace other) {
    StringBuilder both = new StringBuilder();
    for (int i = 0; i < characters.length(); i++) {
      if (other.isWhite(characters.charAt(i))) {
        both.append(characters.charAt(i));
      }
    }
    return both.length() == 0 ? NONE : new WhiteSpace(both.toString());
  }

  /**
   * The text as a tokenizer sees it: each run as one space, none at the ends. Texts that become
   * equal have equal tokens.
   */
  public String collapse(String text) {
    if (characters.isEmpty()) {
      return text;
    }
    StringBuilder collapsed = new StringBuilder(text.length());
    boolean pending = false;
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      if (isWhite(character)) {
        pending = collapsed.length() > 0;
      } else {
        if (pending) {
          collapsed.append(' ');
          pending = false;
        }
        collapsed.append(character);
      }
    }
    return collapsed.toString();
  }

  private boolean isWhite(char character) {
    return characters.indexOf(character) >= 0;
  }
}
