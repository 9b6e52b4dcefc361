package io.realmstream.deploy.cli.status;

import io.realmstream.schemas.vectors.Heartbeat;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far the updater's work is published: in each partition that the newest run writes its slowest
 * subtask counts, and of the partitions the slowest.
 */
final class Heartbeats {
  private final Map<Integer, Map<Integer, Instant>> partitions = new HashMap<>();
  private @Nullable Heartbeat newest;

  void add(int partition, Heartbeat beat) {
    Heartbeat known = newest;
    if (known != null && beat.run() < known.run()) {
      return;
    }
    if (known == null || beat.run() > known.run()) {
      partitions.clear();
    }
    newest = beat;
    partitions
        .computeIfAbsent(partition, unheard -> new HashMap<>())
        .put(beat.subtask(), beat.through());
  }

  /** Null while a partition has not heard of every subtask, or one of them knows nothing. */
  @Nullable Instant through() {
    Heartbeat known = newest;
    if (known == null || partitions.size() < known.partitions()) {
      return null;
    }
    Instant slowest = Instant.MAX;
    for (Map<Integer, Instant> subtasks : partitions.values()) {
      if (subtasks.size() < known.subtasks()) {
        return null;
      }
      for (Instant through : subtasks.values()) {
        slowest = through.isBefore(slowest) ? through : slowest;
      }
    }
    return slowest.isAfter(Heartbeat.NOTHING) ? slowest : null;
  }

  /** The newest of the newest run; null = none was seen. */
  @Nullable Heartbeat newest() {
    return newest;
  }
}
