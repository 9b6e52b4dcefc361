package io.realmstream.jobs.retriever;

import java.time.Instant;

/** Every edit of the shard with a Kafka timestamp up to {@code through} is answerable. */
public record ShardFreshness(int shard, Instant through) {}
