package io.realmstream.model.freshness;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How far one reader has read its partitions of a topic, by offsets: a look tells where a partition
 * ended, and once the reader has passed that end, it has read whatever came before the look. What
 * that says in timestamps is the look's, see {@link RecordTimes}; the times of the records prove
 * nothing.
 *
 * <p>A partition at rest is so read through to the last look, and one with a backlog through to the
 * last look whose end is passed. It never says more than is true: silence alone proves nothing,
 * since it may mean an idle topic, a start, a slow broker, back pressure, or a transaction that is
 * open.
 *
 * <p>Records that left the topic before they were read are lost to the reader. It reads on behind
 * them and counts them, see {@link #expired}.
 */
public final class ReadProgress {
  /** Looks of a partition whose end is not passed: with more, every other one is dropped. */
  static final int LOOKS_MAX = 64;

  private final Map<Integer, Partition> partitions = new TreeMap<>();
  private int topicPartitions;
  private long expired;

  /** The end that a look saw, and what is read when it is passed. */
  private record End(long offset, long settledMs) {}

  private static final class Partition {
    final Deque<End> ends = new ArrayDeque<>();
    long next;
    long begin;
    long throughMs = PartitionRead.NOTHING;

    void expect(End end) {
      End last = ends.peekLast();
      if (last != null && last.offset == end.offset) {
        ends.removeLast();
      }
      ends.addLast(end);
      if (ends.size() > LOOKS_MAX) {
        boolean drop = false;
        for (Iterator<End> each = ends.iterator(); each.hasNext(); drop = !drop) {
          each.next();
          if (drop) {
            each.remove();
          }
        }
      }
    }

    void pass() {
      for (End end = ends.peekFirst(); end != null && end.offset <= next; end = ends.peekFirst()) {
        throughMs = Math.max(throughMs, end.settledMs);
        ends.removeFirst();
      }
    }
  }

  /**
   * Starts a partition.
   *
   * @param next offset of the record to be read next; negative = the partition's first
   */
  public void begin(int partition, long next) {
    partitions.computeIfAbsent(partition, number -> new Partition()).next = next;
  }

  /** A record has been handed on. */
  public void read(int partition, long offset) {
    Partition progress = partitions.get(partition);
    if (progress != null) {
      skipTo(progress, offset);
      progress.next = offset + 1;
    }
  }

  /** Takes in a look that was made before this call. */
  public void look(LogLook look) {
    topicPartitions = Math.max(topicPartitions, look.partitions());
    partitions.forEach(
        (number, progress) -> {
          LogSpan span = look.spans().get(number);
          if (span != null) {
            take(progress, span, look.settledMs());
          }
        });
  }

  /** What may be said now. */
  public ReadThrough said() {
    List<PartitionRead> read = new ArrayList<>();
    partitions.forEach(
        (number, progress) -> {
          progress.pass();
          read.add(new PartitionRead(number, progress.next, progress.throughMs));
        });
    return new ReadThrough(topicPartitions, read);
  }

  /**
   * How many offsets left the topic before they were read. Marks of transactions count as well, as
   * far as they stand among them.
   */
  public long expired() {
    return expired;
  }

  private void take(Partition progress, LogSpan span, @Nullable Long settledMs) {
    progress.begin = Math.max(progress.begin, span.begin());
    if (progress.next < 0) {
      progress.next = span.begin();
    }
    if (progress.next == span.emptyFrom() && span.emptyTo() > progress.next) {
      skipTo(progress, span.emptyTo());
      progress.next = span.emptyTo();
    }
    if (settledMs == null) {
      progress.ends.clear(); // from now on a record may have any timestamp
    } else {
      progress.expect(new End(span.end(), settledMs));
    }
    progress.pass();
  }

  /**
   * A record may still be in the reader's hands when it has left the topic. So it is only lost once
   * one behind it is handed on.
   */
  private void skipTo(Partition progress, long offset) {
    if (progress.next >= 0) {
      expired += Math.max(0, Math.min(offset, progress.begin) - progress.next);
    }
  }
}
