package io.realmstream.jobs.retriever;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What was true at {@code confirmedAt}, one of the two:
 *
 * @param through every edit with a Kafka timestamp up to here was answerable
 * @param index this index had every document that was live when it was announced
 */
public record Freshness(Instant confirmedAt, @Nullable Instant through, @Nullable Integer index) {}
