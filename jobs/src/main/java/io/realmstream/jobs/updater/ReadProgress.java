package io.realmstream.jobs.updater;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * How far one source subtask has read its partitions, as a Kafka timestamp: every record up to it
 * has been handed on.
 *
 * <p>A partition read to its end, as of a look at the log, is read through to the moment before
 * that look, however long ago its last record was written: so an idle topic stays fresh. Any other
 * is read through to the moment before the largest timestamp handed on, which the next record may
 * have, too; with a backlog and no record yet, it says nothing. It never says more than is true:
 * silence alone proves nothing, since it may mean an idle topic, a start, a slow broker or back
 * pressure.
 *
 * <p>Where the last offset of a partition is no record but the mark of a transaction, it only comes
 * up to the largest timestamp.
 */
final class ReadProgress {
  private final Map<Integer, Partition> partitions = new HashMap<>();

  private static final class Partition {
    long next;
    long through = Long.MIN_VALUE;
  }

  /**
   * Starts a partition.
   *
   * @param next offset of the record to be read next; negative = the partition's first
   */
  void begin(int partition, long next) {
    partitions.computeIfAbsent(partition, number -> new Partition()).next = next;
  }

  /** A record has been handed on. */
  void read(int partition, long offset, long timestamp) {
    Partition progress = partitions.get(partition);
    if (progress != null) {
      progress.next = offset + 1;
      progress.through = Math.max(progress.through, timestamp - 1);
    }
  }

  /** Takes in a look at the log that was made before this call. */
  void look(LogEnd end) {
    partitions.forEach(
        (number, progress) -> {
          Long first = end.begins().get(number);
          Long last = end.ends().get(number);
          if (first != null && last != null && Math.max(progress.next, first) >= last) {
            progress.through = Math.max(progress.through, end.atMs() - 1);
          }
        });
  }

  /** The partitions begun. */
  Set<Integer> partitions() {
    return Set.copyOf(partitions.keySet());
  }

  /** The smallest of all partitions; {@link Long#MIN_VALUE} while one says nothing, or is none. */
  long through() {
    return partitions.values().stream()
        .mapToLong(progress -> progress.through)
        .min()
        .orElse(Long.MIN_VALUE);
  }
}
