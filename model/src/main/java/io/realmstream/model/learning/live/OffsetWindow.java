package io.realmstream.model.learning.live;

import java.util.ArrayList;
import java.util.List;

/**
 * State: the window of the vectors topic that is being read. A window ends at the same offset in
 * each partition, so what is live at its end depends on the topic alone.
 *
 * @param end the first offset behind it
 * @param reached of each partition, from the first on: the offset that is read next; empty = it is
 *     not known how many there are
 */
public record OffsetWindow(long end, List<Long> reached) {

  /**
   * How far a partition has been read.
   *
   * @param next the offset that is read next
   * @param partitions how many of them carry documents
   */
  public record Mark(int partition, long next, int partitions) {}

  public OffsetWindow {
    reached = List.copyOf(reached);
  }

  /** The first window. */
  public static OffsetWindow first(int size) {
    return new OffsetWindow(size, List.of());
  }

  /** The next window. */
  public OffsetWindow next(int size) {
    return new OffsetWindow(end + size, reached);
  }

  /** Behind a mark; a partition never goes back, and none is forgotten. */
  public OffsetWindow behind(Mark mark) {
    List<Long> next = new ArrayList<>(reached);
    while (next.size() < mark.partitions()) {
      next.add(0L);
    }
    next.set(mark.partition(), Math.max(next.get(mark.partition()), mark.next()));
    return new OffsetWindow(end, next);
  }

  /** Whether each partition has been read to the end of the window. */
  public boolean isRead() {
    return !reached.isEmpty() && reached.stream().allMatch(each -> each >= end);
  }
}
