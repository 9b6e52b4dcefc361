package io.realmstream.schemas.vectors;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Asks the updater to publish a document shard once more, because a reader of the vectors topic has
 * lost some of it.
 *
 * @param shard 0 .. shards - 1; null = all
 * @param shards how many there are for whoever asks; null = whatever the updater has
 * @param by who asks, for instance an operator's uid
 * @param reason why, for people; null when it goes without saying
 */
public record RepublicationRequest(
    @Nullable Integer shard,
    @Nullable Integer shards,
    String by,
    @Nullable String reason,
    Instant at) {}
