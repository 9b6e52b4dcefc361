package io.realmstream.model.index.partition;

import io.realmstream.schemas.Hash128;
import java.util.List;

/**
 * A division of a version's vectors into cells.
 *
 * @param probes the cells that a query probes which does not say how many, measured in training
 * @param digest names the partition: equal digests, equal cells for every vector and query
 */
public record Partition(Centroids centroids, ProbeLimit probes, Hash128 digest) {
  /** The number of the flat partition of every version: one cell a shard, by uid hash. */
  public static final int FLAT = 0;

  private static final Hash128 NO_DIGEST = new Hash128(0, 0);

  /** A partition by the digest of its content. */
  public static Partition of(Centroids centroids, ProbeLimit probes) {
    List<Hash128> contents =
        PartitionChunk.of(new Partition(centroids, probes, NO_DIGEST)).stream()
            .map(PartitionChunk::content)
            .toList();
    return new Partition(
        centroids,
        probes,
        PartitionChunk.digest(centroids.count(), centroids.dimension(), probes, contents));
  }

  /** How many cells there are. */
  public int cells() {
    return centroids.count();
  }

  /** The cell of a vector; one of another dimension, which no cell takes in, belongs to cell 0. */
  public int cellOf(float[] vector) {
    return vector.length == centroids.dimension() ? centroids.cellOf(vector) : 0;
  }
}
