package io.realmstream.jobs;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka record as read, undecoded.
 *
 * @param timestamp Kafka timestamp in ms; {@link #NO_TIMESTAMP} when there is none, or one outside
 *     the years 0 to 9999, which no record of ours could pass on
 */
public record InboundRecord(
    String topic,
    int partition,
    long offset,
    long timestamp,
    byte @Nullable [] key,
    byte @Nullable [] value,
    List<RecordHeader> headers) {
  /** Kafka's own number for a record without a timestamp. */
  public static final long NO_TIMESTAMP = -1;
}
