package io.realmstream.schemas.vectors;

import io.realmstream.schemas.Limits;
import java.time.Instant;

/**
 * How far one updater subtask has come: everything it read with a Kafka timestamp up to {@code
 * through}, that one included, is published in front of this record, in each version that answers
 * or whose shard is complete. Written to every partition each second.
 *
 * @param run grows with each start of the updater; beats of earlier runs no longer count
 * @param subtask 0 .. subtasks - 1
 */
public record Heartbeat(long run, int subtask, int subtasks, Instant through)
    implements VectorMessage {

  /** Refuses a subtask outside 0 .. subtasks - 1. */
  public Heartbeat {
    Limits.checkAtLeast("subtask", subtask, 0);
    Limits.checkAtMost("subtask", subtask, subtasks - 1L);
  }
}
