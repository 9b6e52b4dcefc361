package io.realmstream.jobs.learner.trunks;

import io.realmstream.jobs.InboundRecord;

/**
 * Where a record stands in its topic.
 *
 * @param timeMs its Kafka timestamp
 */
public record TopicPlace(int partition, long offset, long timeMs) {
  /** Of a record that was read. */
  public static TopicPlace of(InboundRecord record) {
    return new TopicPlace(record.partition(), record.offset(), record.timestamp());
  }
}
