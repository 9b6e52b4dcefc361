/**
 * {@code assign}, which routes passages to cells. Key: document shard. In: {@code PassageEvent}s;
 * partition events, broadcast. Out: {@code CellUpdate}s to {@code cells}; samples of vectors to
 * {@code partitions}. State: live documents and passages with their vectors, tombstones for {@code
 * realm.tombstone.ttl}, removals that answers do not see yet or are due, passages that wait for
 * centroids, one entry a version for counts, digests of partitions (broadcast).
 */
@NullMarked
package io.realmstream.jobs.retriever.assign;

import org.jspecify.annotations.NullMarked;
