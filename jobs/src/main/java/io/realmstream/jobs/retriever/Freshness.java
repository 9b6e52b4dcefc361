package io.realmstream.jobs.retriever;

import java.time.Instant;

/**
 * At {@code confirmedAt}, every edit with a Kafka timestamp up to {@code through} was answerable.
 */
public record Freshness(Instant confirmedAt, Instant through) {}
