package io.realmstream.model.text;

import java.util.Arrays;

/** Tokens that are collected one after the other. */
final class TokenList {
  private long[] ids;
  private int[] starts;
  private int[] ends;
  private boolean[] wordStarts;
  private int count;

  /**
   * @param expected how many are made room for at first
   */
  TokenList(int expected) {
    int room = Math.max(1, expected);
    ids = new long[room];
    starts = new int[room];
    ends = new int[room];
    wordStarts = new boolean[room];
  }

  void add(long id, int start, int end, boolean wordStart) {
    if (count == ids.length) {
      grow();
    }
    ids[count] = id;
    starts[count] = start;
    ends[count] = end;
    wordStarts[count] = wordStart;
    count++;
  }

  /** Adds tokens that have so many characters before them. */
  void add(Tokens tokens, int offset) {
    for (int i = 0; i < tokens.count(); i++) {
      add(
          tokens.ids()[i],
          offset + tokens.starts()[i],
          offset + tokens.ends()[i],
          tokens.wordStarts()[i]);
    }
  }

  Tokens tokens() {
    return new Tokens(ids, starts, ends, wordStarts).range(0, count);
  }

  private void grow() {
    int room = 2 * count;
    ids = Arrays.copyOf(ids, room);
    starts = Arrays.copyOf(starts, room);
    ends = Arrays.copyOf(ends, room);
    wordStarts = Arrays.copyOf(wordStarts, room);
  }
}
