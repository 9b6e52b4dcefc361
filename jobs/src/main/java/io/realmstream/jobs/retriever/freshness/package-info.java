/**
 * What is said of the index as a whole, by one subtask each.
 *
 * <ul>
 *   <li>{@code freshness}: one key. In: {@code ShardFreshness}; {@code IndexNews}, which versions
 *       are complete and which ended. Out: claims to {@code date}; marks and settled shards for the
 *       freshness topic. State: one entry a shard; one a shard and live version.
 *   <li>{@code announce-ready}: one key. In: complete shards; the version log. Out: records of the
 *       version log. State: one table; one entry a shard and live version.
 * </ul>
 */
@NullMarked
package io.realmstream.jobs.retriever.freshness;

import org.jspecify.annotations.NullMarked;
