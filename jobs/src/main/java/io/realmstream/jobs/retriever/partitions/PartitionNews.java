package io.realmstream.jobs.retriever.partitions;

import io.realmstream.model.index.partition.PartitionEvent;
import org.jspecify.annotations.Nullable;

/**
 * What {@link PartitionsFunction} hears: which run this is, what other runs said on the topic, and
 * which cell shards are filled. One of these; the others are empty.
 *
 * @param version 0 when it concerns none
 * @param run what this run is called; 0 = nothing is said of that
 * @param said a command of another run; null = none
 * @param partition of which a cell shard holds all that any document shard had to bring; 0 = none
 * @param cellShard that one
 */
public record PartitionNews(
    int version, long run, @Nullable PartitionEvent said, int partition, int cellShard) {
  public static PartitionNews run(long run) {
    return new PartitionNews(0, run, null, 0, 0);
  }

  static PartitionNews said(PartitionEvent command) {
    return new PartitionNews(command.version(), 0, command, 0, 0);
  }

  public static PartitionNews filled(int version, int partition, int cellShard) {
    return new PartitionNews(version, 0, null, partition, cellShard);
  }
}
