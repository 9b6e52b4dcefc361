package io.realmstream.model.learning.live;

import java.util.ArrayList;
import java.util.List;

/**
 * State: up to which time each partition of the vectors topic has been read. Windows of the topic
 * end at the multiples of their length, by the times of its records, so what is live at the end of
 * one depends on the topic alone. It does not matter how many records a partition has, how many
 * partitions there are, or where their offsets begin.
 *
 * @param partitions how many carry documents, as the latest heartbeat has it; 0 = none has come
 * @param saidMs time of that heartbeat
 * @param reached of each partition, from the first on: the latest time of its records, in ms since
 *     1970; {@link Long#MIN_VALUE} = none has come
 */
public record ReadTimes(int partitions, long saidMs, List<Long> reached) {
  /** Before the first record. */
  public static final ReadTimes NONE = new ReadTimes(0, Long.MIN_VALUE, List.of());

  public ReadTimes {
    reached = List.copyOf(reached);
  }

  /** Behind a record of a partition; its time never goes back. */
  public ReadTimes behind(int partition, long timeMs) {
    if (timeMs <= of(partition)) {
      return this;
    }
    List<Long> next = new ArrayList<>(reached);
    while (next.size() <= partition) {
      next.add(Long.MIN_VALUE);
    }
    next.set(partition, timeMs);
    return new ReadTimes(partitions, saidMs, next);
  }

  /** A heartbeat says how many partitions carry documents; the latest one counts. */
  public ReadTimes told(int count, long timeMs) {
    return timeMs < saidMs ? this : new ReadTimes(count, timeMs, reached);
  }

  /** The latest time of a partition's records. */
  public long of(int partition) {
    return partition < reached.size() ? reached.get(partition) : Long.MIN_VALUE;
  }

  /** Whether each partition that carries documents has been read up to that time. */
  public boolean isRead(long timeMs) {
    for (int partition = 0; partition < partitions; partition++) {
      if (of(partition) < timeMs) {
        return false;
      }
    }
    return partitions > 0;
  }

  /**
   * The end of the window that a time is in.
   *
   * @param lengthMs of windows
   */
  public static long endMs(long timeMs, long lengthMs) {
    long start = Math.floorDiv(timeMs, lengthMs) * lengthMs;
    return start > Long.MAX_VALUE - lengthMs ? Long.MAX_VALUE : start + lengthMs;
  }
}
