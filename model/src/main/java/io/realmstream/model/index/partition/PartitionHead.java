package io.realmstream.model.index.partition;

import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.Limits;

/**
 * What is to be known of a partition without its centroids.
 *
 * @param digest names the partition's content
 * @param passages how many it was trained to divide
 */
public record PartitionHead(
    Hash128 digest, int cells, int dimension, ProbeLimit probes, long passages) {
  /** Refuses numbers outside their limits. */
  public PartitionHead {
    Limits.checkAtLeast("cells", cells, 1);
    Limits.checkAtLeast("dimension", dimension, 1);
    Limits.checkAtMost("cells * dimension", cells * (dimension + 1L), PartitionChunk.NUMBERS_MAX);
    Limits.checkAtMost("nprobe", probes.cells(), cells);
    Limits.checkAtLeast("passages", passages, 0);
  }

  /** The head of a partition. */
  public static PartitionHead of(Partition partition, long passages) {
    return new PartitionHead(
        partition.digest(),
        partition.cells(),
        partition.centroids().dimension(),
        partition.probes(),
        passages);
  }

  /** How many chunks carry its centroids. */
  public int chunks() {
    return PartitionChunk.chunks(cells);
  }
}
