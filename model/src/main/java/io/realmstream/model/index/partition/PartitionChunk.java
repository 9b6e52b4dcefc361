package io.realmstream.model.index.partition;

import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.Limits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Up to 256 consecutive cells of a partition.
 *
 * @param number of the chunk, from 0
 * @param cells of the whole partition
 * @param digest of the whole partition
 * @param centroids of this chunk, one after the other, each with its spread behind it, finite
 */
public record PartitionChunk(
    int number, int cells, int dimension, ProbeLimit probes, Hash128 digest, float[] centroids) {
  /** Centroids in every chunk but the last. */
  public static final int CENTROIDS = 256;

  /** Numbers in all centroids together: 1 GiB of them. */
  static final long NUMBERS_MAX = 1 << 28;

  /** Refuses numbers that do not fit together. */
  public PartitionChunk {
    Limits.checkAtLeast("cells", cells, 1);
    Limits.checkAtLeast("dimension", dimension, 1);
    Limits.checkAtMost("cells * dimension", cells * (dimension + 1L), NUMBERS_MAX);
    Limits.checkAtMost("nprobe", probes.cells(), cells);
    Limits.checkAtLeast("number", number, 0);
    Limits.checkAtMost("number", number, chunks(cells) - 1L);
    int wanted = Math.min(CENTROIDS, cells - number * CENTROIDS) * (dimension + 1);
    if (centroids.length != wanted) {
      throw new IllegalArgumentException(
          "centroids: must be %d numbers (are %d)".formatted(wanted, centroids.length));
    }
    for (float entry : centroids) {
      if (!Float.isFinite(entry)) {
        throw new IllegalArgumentException("centroids: must be finite (holds " + entry + ")");
      }
    }
  }

  /** How many chunks the partition has. */
  public int chunks() {
    return chunks(cells);
  }

  /** Cuts a partition into chunks. */
  public static List<PartitionChunk> of(Partition partition) {
    int cells = partition.cells();
    int dimension = partition.centroids().dimension();
    int width = dimension + 1;
    float[] rows = partition.centroids().rows();
    List<PartitionChunk> chunks = new ArrayList<>();
    for (int number = 0; number < chunks(cells); number++) {
      int first = number * CENTROIDS;
      int behind = Math.min(first + CENTROIDS, cells);
      chunks.add(
          new PartitionChunk(
              number,
              cells,
              dimension,
              partition.probes(),
              partition.digest(),
              Arrays.copyOfRange(rows, first * width, behind * width)));
    }
    return chunks;
  }

  static int chunks(int cells) {
    return (cells + CENTROIDS - 1) / CENTROIDS;
  }
}
