package io.realmstream.model.index.partition;

import io.realmstream.schemas.Limits;
import org.jspecify.annotations.Nullable;

/**
 * A record of the partitions topic, whose order is that of all events.
 *
 * <p>All but chunks that come or go are commands, and a command is said by a run of the job: it
 * rests on what that run's cells hold. A run that begins again from a checkpoint meets commands of
 * the run that was lost; its own cells may not have got so far, so it follows its own commands
 * alone. Chunks are named by their content, and whoever published them is of no matter.
 *
 * @param kind what happens to the partition
 * @param run who says it; 0 when it is no command
 * @param chunk with {@link Kind#CHUNK}; null otherwise
 * @param head with {@link Kind#FILL}; null otherwise
 */
public record PartitionEvent(
    Kind kind,
    int version,
    int partition,
    long run,
    @Nullable PartitionChunk chunk,
    @Nullable PartitionHead head) {
  /** What happens to a partition. */
  public enum Kind {
    /** A part of its centroids is known. */
    CHUNK(0),
    /** All of its centroids are known: cells begin to be filled. */
    FILL(4),
    /** Every cell is filled: queries are routed by it from now on. */
    SERVE(1),
    /** No query can still be under way that was routed by one before it: those are dropped. */
    ALONE(2),
    /** The version had its time: all its partitions are forgotten. */
    OVER(3),
    /** A part of its centroids has left the topic: a record without a value. */
    GONE(5);

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

  /** Refuses numbers outside their limits, and parts where there can be none. */
  public PartitionEvent {
    Limits.checkAtLeast("version", version, 1);
    Limits.checkAtLeast("partition", partition, 1);
    if ((kind == Kind.CHUNK) != (chunk != null)) {
      throw new IllegalArgumentException("chunk: must come with CHUNK and only then");
    }
    if ((kind == Kind.FILL) != (head != null)) {
      throw new IllegalArgumentException("head: must come with FILL and only then");
    }
  }

  /** A part of a partition's centroids. */
  public static PartitionEvent chunk(PartitionId id, PartitionChunk chunk) {
    return new PartitionEvent(Kind.CHUNK, id.version(), id.partition(), 0, chunk, null);
  }

  /** A part of a partition's centroids has left the topic. */
  public static PartitionEvent gone(PartitionId id) {
    return new PartitionEvent(Kind.GONE, id.version(), id.partition(), 0, null, null);
  }

  /** A run's word that a partition is to be filled. */
  public static PartitionEvent fill(PartitionId id, long run, PartitionHead head) {
    return new PartitionEvent(Kind.FILL, id.version(), id.partition(), run, null, head);
  }

  /** Any other command of a run. */
  public static PartitionEvent of(Kind kind, PartitionId id, long run) {
    return new PartitionEvent(kind, id.version(), id.partition(), run, null, null);
  }

  public PartitionId id() {
    return new PartitionId(version, partition);
  }

  /** Whether it rests on what the cells of a run hold. */
  public boolean isCommand() {
    return kind != Kind.CHUNK && kind != Kind.GONE;
  }
}
