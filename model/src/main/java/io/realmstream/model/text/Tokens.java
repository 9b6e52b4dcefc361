package io.realmstream.model.text;

import java.util.Arrays;
import java.util.List;

/**
 * A text's tokens, without special tokens around them. All arrays have one entry a token, in order.
 *
 * @param ids the tokens' ids
 * @param starts offset of each token's first character in the text, in UTF-16 units
 * @param ends offset behind its last character
 * @param wordStarts whether the token begins a word: between two words the text can be cut without
 *     changing the tokens of either side
 */
public record Tokens(long[] ids, int[] starts, int[] ends, boolean[] wordStarts) {
  public int count() {
    return ids.length;
  }

  static Tokens none() {
    return new Tokens(new long[0], new int[0], new int[0], new boolean[0]);
  }

  /** The tokens of the first word. */
  int firstWord() {
    int count = 1;
    while (count < count() && !wordStarts[count]) {
      count++;
    }
    return count;
  }

  /** Those from one index up to another. */
  Tokens range(int from, int to) {
    return new Tokens(
        Arrays.copyOfRange(ids, from, to),
        Arrays.copyOfRange(starts, from, to),
        Arrays.copyOfRange(ends, from, to),
        Arrays.copyOfRange(wordStarts, from, to));
  }

  /** The same tokens of a text that has so many characters before these. */
  Tokens behind(int offset) {
    if (offset == 0) {
      return this;
    }
    int[] starts = this.starts.clone();
    int[] ends = this.ends.clone();
    for (int i = 0; i < starts.length; i++) {
      starts[i] += offset;
      ends[i] += offset;
    }
    return new Tokens(ids, starts, ends, wordStarts);
  }

  /** One list after the other, up to so many tokens. */
  static Tokens joined(List<Tokens> parts, int countMax) {
    int count = 0;
    for (Tokens part : parts) {
      count = Math.min(countMax, count + part.count());
    }
    if (parts.size() == 1 && parts.get(0).count() == count) {
      return parts.get(0);
    }
    Tokens joined = new Tokens(new long[count], new int[count], new int[count], new boolean[count]);
    int at = 0;
    for (Tokens part : parts) {
      int taken = Math.min(part.count(), count - at);
      System.arraycopy(part.ids, 0, joined.ids, at, taken);
      System.arraycopy(part.starts, 0, joined.starts, at, taken);
      System.arraycopy(part.ends, 0, joined.ends, at, taken);
      System.arraycopy(part.wordStarts, 0, joined.wordStarts, at, taken);
      at += taken;
    }
    return joined;
  }
}
