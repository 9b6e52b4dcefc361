package io.realmstream.jobs.learner.held;

import java.util.Comparator;

/**
 * State key: where a held event stands.
 *
 * @param timeMs up to which its partition had been read
 * @param record 0 = a loss in front of the record at that offset, 1 = the record
 */
public record HeldPlace(long timeMs, int partition, long offset, int record)
    implements Comparable<HeldPlace> {
  private static final Comparator<HeldPlace> ORDER =
      Comparator.comparingLong(HeldPlace::timeMs)
          .thenComparingInt(HeldPlace::partition)
          .thenComparingLong(HeldPlace::offset)
          .thenComparingInt(HeldPlace::record);

  @Override
  public int compareTo(HeldPlace other) {
    return ORDER.compare(this, other);
  }
}
