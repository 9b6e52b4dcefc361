package io.realmstream.model.text;

import java.util.List;

/** A place between the tokens of a text, with a look ahead; holds no more than was looked at. */
final class TokenCursor {
  private final TokenWindows windows;
  private Tokens ahead = Tokens.none();
  private int at;

  /** Stands before the first token. */
  TokenCursor(TokenWindows windows) {
    this.windows = windows;
  }

  /** The tokens ahead that begin before that offset, counted up to {@code countMax}. */
  int countBefore(int offset, int countMax) {
    int count = 0;
    while (count < countMax && has(count) && ahead.starts()[at + count] < offset) {
      count++;
    }
    return count;
  }

  /** Where the token after so many others begins; it was counted before. */
  int start(int index) {
    return ahead.starts()[at + index];
  }

  /** Where that token ends. */
  int end(int index) {
    return ahead.ends()[at + index];
  }

  boolean startsWord() {
    return ahead.wordStarts()[at];
  }

  /** Goes over tokens that were counted before. */
  void skip(int count) {
    at += count;
  }

  private boolean has(int index) {
    while (at + index >= ahead.count() && !windows.done()) {
      Tokens rest = ahead.range(at, ahead.count());
      ahead = Tokens.joined(List.of(rest, windows.next()), Integer.MAX_VALUE);
      at = 0;
    }
    return at + index < ahead.count();
  }
}
