package io.realmstream.model.index.partition;

import io.realmstream.schemas.Hash128;
import java.nio.ByteBuffer;

/**
 * A division of a version's vectors into cells.
 *
 * @param probes the cells that a query probes which does not say how many, measured in training
 * @param digest names the partition: equal digests, equal cells for every vector and query
 */
public record Partition(Centroids centroids, ProbeLimit probes, Hash128 digest) {
  /** The number of the flat partition of every version: one cell a shard, by uid hash. */
  public static final int FLAT = 0;

  /** A partition by the digest of its content. */
  public static Partition of(Centroids centroids, ProbeLimit probes) {
    return new Partition(
        centroids, probes, digest(centroids.rows(), centroids.dimension(), probes));
  }

  /** How many cells there are. */
  public int cells() {
    return centroids.count();
  }

  /** The cell of a vector; one of another dimension, which no cell takes in, belongs to cell 0. */
  public int cellOf(float[] vector) {
    return vector.length == centroids.dimension() ? centroids.cellOf(vector) : 0;
  }

  private static Hash128 digest(float[] rows, int dimension, ProbeLimit probes) {
    ByteBuffer head =
        ByteBuffer.allocate(2 * Integer.BYTES + Float.BYTES)
            .putInt(dimension)
            .putInt(probes.cells())
            .putFloat(probes.margin());
    ByteBuffer body = ByteBuffer.allocate(rows.length * Float.BYTES);
    body.asFloatBuffer().put(rows);
    return Hash128.of(head.array(), body.array());
  }
}
