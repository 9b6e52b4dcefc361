package io.realmstream.jobs.learner.trunks;

/**
 * Where a record stands in the vectors topic.
 *
 * @param timeMs its Kafka timestamp
 */
public record TopicPlace(int partition, long offset, long timeMs) {}
