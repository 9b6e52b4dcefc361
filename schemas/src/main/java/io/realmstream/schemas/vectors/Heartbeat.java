package io.realmstream.schemas.vectors;

import io.realmstream.schemas.Limits;
import java.time.Instant;
import java.util.List;

/**
 * How far one updater subtask has come: everything it read with a Kafka timestamp up to {@code
 * through}, that one included, is published in front of this record, in each version that answers
 * or whose shard is complete. Written to every partition that the updater writes, each second.
 *
 * @param run grows with each start of the updater; beats of earlier runs no longer count
 * @param subtask 0 .. subtasks - 1
 * @param through {@link #NOTHING} = nothing is known
 * @param partitions how many partitions of the vectors topic the updater writes: partition p
 *     carries the shards s with s mod partitions = p
 * @param shards how many document shards the updater has
 * @param documents of each partition of the documents topic, from the first on, the offset of the
 *     record that is read next; -1 = not known yet
 * @param last of each shard of the subtask in this partition the record sent last, if any: so a
 *     reader knows of a lost one with nothing behind it
 */
public record Heartbeat(
    long run,
    int subtask,
    int subtasks,
    Instant through,
    int partitions,
    int shards,
    List<Long> documents,
    List<ShardPosition> last)
    implements VectorMessage {
  /** Before any Kafka timestamp. */
  public static final Instant NOTHING = Instant.ofEpochMilli(-2);

  /** Refuses a subtask outside 0 .. subtasks - 1, and no partition or shard. */
  public Heartbeat {
    Limits.checkAtLeast("subtask", subtask, 0);
    Limits.checkAtMost("subtask", subtask, subtasks - 1L);
    Limits.checkAtLeast("partitions", partitions, 1);
    Limits.checkAtLeast("shards", shards, 1);
  }

  /** The same for a partition whose shards were sent that last. */
  public Heartbeat with(List<ShardPosition> positions) {
    return new Heartbeat(run, subtask, subtasks, through, partitions, shards, documents, positions);
  }

  /** A Kafka timestamp, or any number below, as {@code through} says it. */
  public static Instant through(long epochMs) {
    Instant nothing = NOTHING;
    return epochMs < nothing.toEpochMilli() ? nothing : Instant.ofEpochMilli(epochMs);
  }
}
