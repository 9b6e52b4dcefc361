/**
 * Which partitions a version has.
 *
 * <ul>
 *   <li>{@code partitions}: key is the version. In: {@code Sample}s of vectors; {@code
 *       PartitionNews}. Out: records of the partitions topic. State: {@code sample} ({@code
 *       realm.partition.sample.max} vectors), {@code census}, one entry a shard; forgotten an hour
 *       after the version ended.
 *   <li>{@code decode-partitions}: no key. In: the partitions topic. Out: partition events to
 *       {@code assign} and {@code route}; news to {@code partitions}; dead letters. No state.
 * </ul>
 *
 * <p>{@code PartitionState} is how operators follow the topic, in broadcast state.
 */
@NullMarked
package io.realmstream.jobs.retriever.partitions;

import org.jspecify.annotations.NullMarked;
