package io.realmstream.schemas.vectors;

/**
 * All documents of the shard that were live when the version was announced are published in front
 * of this record.
 */
public record ShardComplete(int version, int shard) implements VectorMessage {}
