package io.realmstream.model.text;

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
}
