package io.realmstream.model.wikitext.text;

import io.realmstream.model.wikitext.draft.Mark;

/**
 * Resolves the marks of bold and italic in a line. They are dropped. Only if a line has an odd
 * number of each, one mark that was read as bold becomes an apostrophe and an italic, as in {@code
 * l'''amour''}. As in MediaWiki, that is the first one behind a single letter, else the first
 * behind a longer word, else the first behind a space.
 */
final class Apostrophes {
  private Apostrophes() {}

  /** Appends a part of the draft, which is a line, without these marks. */
  static void resolve(String draft, int from, int to, StringBuilder line) {
    int apostrophe = apostrophe(draft, from, to);
    for (int i = from; i < to; i++) {
      char character = draft.charAt(i);
      if (i == apostrophe) {
        line.append('\'');
      } else if (!isStyle(character)) {
        line.append(character);
      }
    }
  }

  private static boolean isStyle(char character) {
    return character >= Mark.ITALIC && character <= Mark.BOLD_ITALIC;
  }

  /** Offset of the mark that hides an apostrophe; -1 if none does. */
  private static int apostrophe(String draft, int from, int to) {
    int bold = 0;
    int italic = 0;
    int afterLetter = -1;
    int afterWord = -1;
    int afterSpace = -1;
    for (int i = from; i < to; i++) {
      char character = draft.charAt(i);
      bold += character == Mark.BOLD || character == Mark.BOLD_ITALIC ? 1 : 0;
      italic += character == Mark.ITALIC || character == Mark.BOLD_ITALIC ? 1 : 0;
      if (character != Mark.BOLD) {
        continue;
      }
      if (i == from || draft.charAt(i - 1) == ' ') {
        afterSpace = afterSpace < 0 ? i : afterSpace;
      } else if (i == from + 1 || draft.charAt(i - 2) == ' ') {
        afterLetter = afterLetter < 0 ? i : afterLetter;
      } else {
        afterWord = afterWord < 0 ? i : afterWord;
      }
    }
    if (bold % 2 == 0 || italic % 2 == 0) {
      return -1;
    }
    return afterLetter >= 0 ? afterLetter : afterWord >= 0 ? afterWord : afterSpace;
  }
}
