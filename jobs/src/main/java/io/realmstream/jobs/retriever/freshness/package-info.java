/**
 * What is said of the index as a whole, by one subtask each.
 *
 * <ul>
 *   <li>{@code freshness}: one key. In: {@code ShardNews}, how fresh a shard is and in which
 *       versions it is complete; which versions ended. Out: claims to {@code date}; marks and
 *       settled shards for the freshness topic. State: one entry a shard; one a shard and live
 *       version.
 *   <li>{@code announce-ready}: one key. In: {@code ShardNews}; the version log. Out: records of
 *       the version log. State: one table; one entry a shard and live version.
 * </ul>
 */
@NullMarked
package io.realmstream.jobs.retriever.freshness;

import org.jspecify.annotations.NullMarked;
