package io.realmstream.deploy.cli.status;

import io.realmstream.schemas.vectors.Heartbeat;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far the updater's work is published: in each partition the slowest subtask of the newest run
 * counts, and of the partitions the slowest.
 */
final class Heartbeats {
  private final Map<Integer, Partition> partitions = new HashMap<>();

  void add(int partition, Heartbeat beat) {
    Partition known = partitions.get(partition);
    if (known == null || known.run < beat.run()) {
      known = new Partition(beat.run(), beat.subtasks());
      partitions.put(partition, known);
    }
    if (known.run == beat.run()) {
      known.through.put(beat.subtask(), beat.through());
    }
  }

  /** Null while a partition has not heard of every subtask. */
  @Nullable Instant through(int partitionCount) {
    if (partitions.size() < partitionCount) {
      return null;
    }
    Instant slowest = Instant.MAX;
    for (Partition partition : partitions.values()) {
      if (partition.through.size() < partition.subtasks) {
        return null;
      }
      for (Instant through : partition.through.values()) {
        slowest = through.isBefore(slowest) ? through : slowest;
      }
    }
    return partitions.isEmpty() ? null : slowest;
  }

  private static final class Partition {
    final long run;
    final int subtasks;
    final Map<Integer, Instant> through = new HashMap<>();

    Partition(long run, int subtasks) {
      this.run = run;
      this.subtasks = subtasks;
    }
  }
}
