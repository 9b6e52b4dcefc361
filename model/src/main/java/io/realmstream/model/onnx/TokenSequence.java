package io.realmstream.model.onnx;

import java.util.Arrays;

/** A transformer's input while it is packed: token ids, and which segment each belongs to. */
public final class TokenSequence {
  private final long[] ids;
  private final long[] segments;
  private int length;

  /**
   * @param tokensMax most tokens it will take
   */
  public TokenSequence(int tokensMax) {
    this.ids = new long[tokensMax];
    this.segments = new long[tokensMax];
  }

  public TokenSequence add(long id, int segment) {
    ids[length] = id;
    segments[length] = segment;
    length++;
    return this;
  }

  /** Adds the first {@code count} of the tokens. */
  public TokenSequence add(long[] tokens, int count, int segment) {
    for (int i = 0; i < count; i++) {
      add(tokens[i], segment);
    }
    return this;
  }

  public int length() {
    return length;
  }

  /** Tokens that still fit. */
  public int room() {
    return ids.length - length;
  }

  public long[] ids() {
    return Arrays.copyOf(ids, length);
  }

  public long[] segments() {
    return Arrays.copyOf(segments, length);
  }
}
