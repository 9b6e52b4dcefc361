package io.realmstream.schemas.vectors;

import org.jspecify.annotations.Nullable;

/**
 * A record of the passage-vectors topic: what it says, and where it stands among the records of its
 * shard, so that a lost one is known.
 *
 * @param position null = of no shard, or of a writer that does not number
 * @param follows with number 1 of a run: the last record of the run that this one goes on from, as
 *     its restored state knows it; null = there was none
 * @param again whether it says once more what was published before, in a republication
 */
public record VectorRecord(
    VectorMessage message,
    @Nullable ShardPosition position,
    @Nullable ShardPosition follows,
    boolean again) {

  /** A record without a number. */
  public static VectorRecord unnumbered(VectorMessage message) {
    return new VectorRecord(message, null, null, false);
  }
}
