package io.realmstream.model.wikitext.text;

import io.realmstream.model.wikitext.draft.Mark;

/**
 * Mends a paragraph where something was dropped: it removes brackets and quotes that are empty now,
 * a comma before a full stop, and spaces before both. Where nothing was dropped, all stays as it
 * was written, except that runs of spaces become one.
 */
final class Mending {
  private final StringBuilder text = new StringBuilder();

  /** What stood between the text so far and the next character. */
  private boolean space;

  private boolean lineEnd;
  private boolean hole;

  private Mending() {}

  /** The paragraph without marks. */
  static String mend(CharSequence paragraph) {
    Mending mending = new Mending();
    for (int i = 0; i < paragraph.length(); i++) {
      mending.next(paragraph.charAt(i));
    }
    return mending.end();
  }

  private void next(char character) {
    if (character == Mark.DROPPED) {
      hole = true;
    } else if (character == Mark.BREAK) {
      lineEnd = true;
    } else if (character == ' ') {
      space = true;
    } else if (!Mark.isMark(character) && !(hole && isSwallowed(character))) {
      append(character);
    }
  }

  private void append(char character) {
    if (text.length() > 0 && (space || lineEnd)) {
      text.append(lineEnd ? '\n' : ' ');
    }
    text.append(character);
    space = false;
    lineEnd = false;
    hole = false;
  }

  private String end() {
    if (hole) {
      removeEnd(",;");
    }
    return text.toString();
  }

  /** Closes the gap before a character; true if the character goes, too. */
  private boolean isSwallowed(char character) {
    return switch (character) {
      case ')', ']' -> endsBracket(character);
      case ',', ';' -> endsPart();
      case '.', '!', '?' -> endsSentence(character);
      case '"' -> endsQuote();
      default -> {
        space &= !isOpening(last());
        yield false;
      }
    };
  }

  /** Removes a bracket in which nothing is left. */
  private boolean endsBracket(char closing) {
    removeEnd(",;:–");
    char opening = closing == ')' ? '(' : '[';
    if (last() != opening) {
      closeGap();
      return false;
    }
    text.setLength(text.length() - 1);
    removeSpaces();
    return true;
  }

  /** A comma that another one, or a bracket, stands before. */
  private boolean endsPart() {
    if (last() == '\0' || isOpening(last()) || last() == ',' || last() == ';') {
      return true;
    }
    closeGap();
    return false;
  }

  /** A full stop takes the place of a comma; a second one goes. */
  private boolean endsSentence(char character) {
    removeEnd(",;");
    if (last() == '\0' || last() == character) {
      return true;
    }
    closeGap();
    return false;
  }

  private boolean endsQuote() {
    boolean opens =
        text.length() == 1 || (text.length() > 1 && isGap(text.charAt(text.length() - 2)));
    if (last() != '"' || !opens) {
      return false;
    }
    text.setLength(text.length() - 1);
    removeSpaces();
    return true;
  }

  private void closeGap() {
    space = false;
    lineEnd = false;
  }

  private char last() {
    return text.length() == 0 ? '\0' : text.charAt(text.length() - 1);
  }

  private static boolean isOpening(char character) {
    return character == '(' || character == '[';
  }

  private static boolean isGap(char character) {
    return character == ' ' || character == '\n' || isOpening(character);
  }

  /** Removes these characters from the end, and the spaces before each. */
  private void removeEnd(String characters) {
    while (text.length() > 0 && characters.indexOf(last()) >= 0) {
      text.setLength(text.length() - 1);
      removeSpaces();
    }
  }

  private void removeSpaces() {
    while (last() == ' ' || last() == '\n') {
      text.setLength(text.length() - 1);
      space = true;
    }
  }
}
