package io.realmstream.model.index.partition;

import io.realmstream.schemas.Limits;
import org.jspecify.annotations.Nullable;

/**
 * A record of the partitions topic, whose order is that of all events.
 *
 * @param kind what happens to the partition
 * @param chunk with {@link Kind#CHUNK}; null otherwise
 */
public record PartitionEvent(
    Kind kind, int version, int partition, @Nullable PartitionChunk chunk) {
  /** What happens to a partition, in this order. */
  public enum Kind {
    /** A part of its centroids is known; with the last one, cells begin to be filled. */
    CHUNK(0),
    /** Every cell is filled: queries are routed by it from now on. */
    SERVE(1),
    /** No query can still be under way that was routed by one before it: those are dropped. */
    ALONE(2),
    /** The version had its time: all its partitions are forgotten. */
    OVER(3);

    private final byte code;

    Kind(int code) {
      this.code = (byte) code;
    }

    /** What stands for it on the topic. */
    byte code() {
      return code;
    }

    static Kind of(byte code) {
      for (Kind kind : values()) {
        if (kind.code == code) {
          return kind;
        }
      }
      throw new IllegalArgumentException("kind: is unknown (is " + code + ")");
    }
  }

  /** Refuses numbers outside their limits, and a chunk where there can be none. */
  public PartitionEvent {
    Limits.checkAtLeast("version", version, 1);
    Limits.checkAtLeast("partition", partition, 1);
    if ((kind == Kind.CHUNK) != (chunk != null)) {
      throw new IllegalArgumentException("chunk: must come with CHUNK and only then");
    }
  }

  public PartitionId id() {
    return new PartitionId(version, partition);
  }
}
