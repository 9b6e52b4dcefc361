package io.realmstream.model.wikitext.source;

import java.util.HashMap;
import java.util.Map;

/** Wikitext, and how far it has been read. */
final class Source {
  /** What {@link #ahead} sees behind the end. */
  static final char END = '\n';

  private final String text;
  private final int end;
  private int at;
  private long steps;

  /** Strings that are known not to occur again, so that each is searched for in vain only once. */
  private final Map<String, Boolean> absent = new HashMap<>();

  /**
   * @param end offset in the text at which reading ends
   */
  Source(String text, int end) {
    this.text = text;
    this.end = end;
  }

  String text() {
    return text;
  }

  /** Characters that were looked through to find something. */
  long steps() {
    return steps;
  }

  boolean hasMore() {
    return at < end;
  }

  int at() {
    return at;
  }

  int end() {
    return end;
  }

  void goTo(int offset) {
    at = Math.min(offset, end);
  }

  void skip(int count) {
    goTo(at + count);
  }

  /** The character that many places from here; {@link #END} outside of the text. */
  char ahead(int places) {
    int index = at + places;
    return index >= 0 && index < end ? text.charAt(index) : END;
  }

  /** How many of this character stand from here on. */
  int run(char character) {
    int length = 0;
    while (at + length < end && text.charAt(at + length) == character) {
      length++;
    }
    steps += length;
    return length;
  }

  boolean startsWith(String prefix) {
    return prefix.length() <= end - at && text.startsWith(prefix, at);
  }

  /** Whether this stands that many characters from here, small and capital letters the same. */
  boolean startsWith(String prefix, int places) {
    return at + places + prefix.length() <= end
        && text.regionMatches(true, at + places, prefix, 0, prefix.length());
  }

  /** Offset of the first character from here that is no space or tab; it may be the line's end. */
  int afterSpaces() {
    int i = at;
    while (i < end && (text.charAt(i) == ' ' || text.charAt(i) == '\t')) {
      i++;
    }
    steps += i - at;
    return i;
  }

  /** Whether nothing but spaces stands between here and the end of the line. */
  boolean restOfLineIsBlank() {
    int i = afterSpaces();
    return i >= end || text.charAt(i) == '\n' || text.charAt(i) == '\r';
  }

  /**
   * Offset of the next occurrence, small and capital letters being the same; -1 if there is none.
   *
   * @param wanted in small letters; if it ends with a letter, none follows
   */
  int find(String wanted) {
    if (absent.containsKey(wanted)) {
      return -1;
    }
    char first = wanted.charAt(0);
    int last = end - wanted.length();
    for (int i = text.indexOf(first, at); i >= 0 && i <= last; i = text.indexOf(first, i + 1)) {
      if (text.regionMatches(true, i, wanted, 0, wanted.length())
          && isWhole(i + wanted.length() - 1)) {
        steps += i - at;
        return i;
      }
    }
    steps += end - at;
    absent.put(wanted, true);
    return -1;
  }

  private boolean isWhole(int last) {
    return !Character.isLetter(text.charAt(last))
        || last + 1 >= end
        || !Character.isLetterOrDigit(text.charAt(last + 1));
  }
}
