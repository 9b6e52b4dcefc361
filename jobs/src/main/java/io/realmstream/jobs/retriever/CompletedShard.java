package io.realmstream.jobs.retriever;

/** A document shard that has all its documents in an index. */
public record CompletedShard(int index, int shard) {}
