package io.realmstream.jobs;

/** A Kafka header. */
public record RecordHeader(String key, byte[] value) {}
