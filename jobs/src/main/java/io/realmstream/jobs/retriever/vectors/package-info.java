/**
 * What reaches the document shards.
 *
 * <ul>
 *   <li>{@code decode-vectors}: no key. In: the vectors topic. Out: {@code PassageEvent}s to {@code
 *       assign} and, without their vectors, to {@code passages}; dead letters. State: {@code
 *       dimensions} of the newest 64 versions, {@code progress}, one entry a shard of 16 runs.
 *   <li>{@code settled-shards}: no key. In: the freshness topic. Out: to {@code assign}, up to
 *       which heartbeat a shard is settled.
 *   <li>{@code ended-indexes}: no key. In: the version log. Out: to every shard of {@code assign}
 *       and {@code passages}, and to {@code freshness}, which versions are RETIRED. State: {@code
 *       versions}, one table.
 * </ul>
 */
@NullMarked
package io.realmstream.jobs.retriever.vectors;

import org.jspecify.annotations.NullMarked;
