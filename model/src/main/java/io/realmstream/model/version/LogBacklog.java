package io.realmstream.model.version;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a start has still to read of a log: the records that stood in it then. Before it has read
 * them nothing follows from the log, since what an old record says may be long over.
 */
public final class LogBacklog {
  private final Map<Integer, Long> ends;
  private final Map<Integer, Long> next = new HashMap<>();

  /**
   * How far a partition has been read.
   *
   * @param next offset of the record to be read next
   */
  public record Position(int partition, long next) {}

  /**
   * @param ends of each partition the offset behind the last record that can be read; 0 = it has
   *     none
   * @param read where a restored state stands; a partition that it does not name is read from its
   *     first record
   */
  public LogBacklog(Map<Integer, Long> ends, Iterable<Position> read) {
    this.ends = Map.copyOf(ends);
    for (Position position : read) {
      next.put(position.partition(), position.next());
    }
  }

  /** A record was read, good or bad. */
  public void read(int partition, long offset) {
    next.put(partition, offset + 1);
  }

  /** Whether nothing is left that stood in the log at the start. */
  public boolean isRead() {
    return ends.entrySet().stream()
        .allMatch(end -> next.getOrDefault(end.getKey(), 0L) >= end.getValue());
  }

  /** How far each partition has been read. */
  public List<Position> positions() {
    return next.entrySet().stream()
        .map(read -> new Position(read.getKey(), read.getValue()))
        .toList();
  }
}
