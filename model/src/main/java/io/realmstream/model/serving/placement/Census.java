package io.realmstream.model.serving.placement;

import io.realmstream.schemas.Hash128;

/**
 * How many passages a document shard has in a version, and which of them belong to the sample that
 * partitions are trained from: those whose uid begins with {@code level} zero bits.
 *
 * @param level grows with the shard, and never shrinks again
 */
public record Census(long live, int level) {
  public static final Census NONE = new Census(0, 0);

  /** Of a version that had its time. */
  public static final Census OVER = new Census(-1, 0);

  /**
   * The census after some passages came or went; the sample has about {@code sampleMax} at most.
   */
  public Census plus(long passages, int sampleMax) {
    long now = live + passages;
    int higher = level;
    while (higher < Long.SIZE - 1 && now >> higher > sampleMax) {
      higher++;
    }
    return new Census(now, higher);
  }

  public boolean isOver() {
    return live < 0;
  }

  public boolean samples(Hash128 uid) {
    return Long.numberOfLeadingZeros(uid.high()) >= level;
  }
}
