package io.realmstream.jobs;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka record as read, undecoded.
 *
 * @param timestamp Kafka timestamp in ms
 */
public record InboundRecord(
    String topic,
    int partition,
    long offset,
    long timestamp,
    byte @Nullable [] key,
    byte @Nullable [] value,
    List<RecordHeader> headers) {}
