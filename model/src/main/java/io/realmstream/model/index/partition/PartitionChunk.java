package io.realmstream.model.index.partition;

import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.Limits;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Up to 256 consecutive rows of a partition. Its rows are the centroids of its cells, then the
 * middles of their groups, then those of the groups of these, and so on.
 *
 * @param number of the chunk, from 0
 * @param cells of the whole partition
 * @param digest of the whole partition
 * @param centroids of this chunk, one after the other, each with its spread behind it, finite
 * @param groups the group of each of them; 0 when there are none
 */
public record PartitionChunk(
    int number,
    int cells,
    int dimension,
    ProbeLimit probes,
    Hash128 digest,
    float[] centroids,
    int[] groups) {
  /** Rows in every chunk but the last. */
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
    int first = number * CENTROIDS;
    int wanted = Math.min(CENTROIDS, rows(cells) - first);
    if (centroids.length != wanted * (dimension + 1) || groups.length != wanted) {
      throw new IllegalArgumentException(
          "centroids: must be %d numbers with %d groups (are %d with %d)"
              .formatted(wanted * (dimension + 1), wanted, centroids.length, groups.length));
    }
    for (float entry : centroids) {
      if (!Float.isFinite(entry)) {
        throw new IllegalArgumentException("centroids: must be finite (holds " + entry + ")");
      }
    }
    checkGroups(groups, first, cells);
  }

  private static void checkGroups(int[] groups, int first, int cells) {
    int level = cells;
    int end = cells;
    for (int i = 0; i < groups.length; i++) {
      while (first + i >= end) {
        level = Centroids.groups(level);
        end += level;
      }
      Limits.checkAtLeast("group", groups[i], 0);
      Limits.checkAtMost("group", groups[i], Math.max(0, Centroids.groups(level) - 1L));
    }
  }

  /** How many chunks the partition has. */
  public int chunks() {
    return chunks(cells);
  }

  /** Cuts a partition into chunks. */
  public static List<PartitionChunk> of(Partition partition) {
    return IntStream.range(0, count(partition)).mapToObj(number -> of(partition, number)).toList();
  }

  /** How many chunks a partition is cut into. */
  public static int count(Partition partition) {
    return chunks(partition.cells());
  }

  /** One of the chunks that a partition is cut into. */
  public static PartitionChunk of(Partition partition, int number) {
    Centroids cells = partition.centroids();
    int width = cells.dimension() + 1;
    int first = number * CENTROIDS;
    int size = Math.min(CENTROIDS, rows(cells.count()) - first);
    float[] centroids = new float[size * width];
    int[] groups = new int[size];
    int begin = 0;
    for (@Nullable Centroids level = cells; level != null; level = level.groups()) {
      int from = Math.max(first, begin);
      int behind = Math.min(first + size, begin + level.count());
      if (from < behind) {
        float[] rows = level.rows(from - begin, behind - begin);
        System.arraycopy(rows, 0, centroids, (from - first) * width, rows.length);
        int[] groupsOf = level.groupsOf(from - begin, behind - begin);
        System.arraycopy(groupsOf, 0, groups, from - first, groupsOf.length);
      }
      begin += level.count();
    }
    return new PartitionChunk(
        number,
        cells.count(),
        cells.dimension(),
        partition.probes(),
        partition.digest(),
        centroids,
        groups);
  }

  /** Puts all chunks of a partition together, in any order. */
  public static Partition whole(List<PartitionChunk> chunks) {
    PartitionChunk any = chunks.get(0);
    int width = any.dimension + 1;
    List<Integer> levels = levels(any.cells);
    @Nullable Centroids centroids = null;
    int end = rows(any.cells);
    for (int level = levels.size() - 1; level >= 0; level--) {
      int begin = end - levels.get(level);
      float[] rows = new float[levels.get(level) * width];
      int[] groups = new int[levels.get(level)];
      for (PartitionChunk chunk : chunks) {
        int first = chunk.number * CENTROIDS;
        int from = Math.max(first, begin);
        int size = Math.min(first + chunk.groups.length, end) - from;
        if (size > 0) {
          System.arraycopy(
              chunk.centroids, (from - first) * width, rows, (from - begin) * width, size * width);
          System.arraycopy(chunk.groups, from - first, groups, from - begin, size);
        }
      }
      centroids = new Centroids(rows, any.dimension, centroids, groups);
      end = begin;
    }
    return new Partition(Objects.requireNonNull(centroids), any.probes, any.digest);
  }

  /** What names the content of this chunk. */
  public Hash128 content() {
    ByteBuffer body =
        ByteBuffer.allocate(centroids.length * Float.BYTES + groups.length * Integer.BYTES);
    body.asFloatBuffer().put(centroids);
    body.position(centroids.length * Float.BYTES).asIntBuffer().put(groups);
    return Hash128.of(body.array());
  }

  /** The digest of a partition, from what names the content of each of its chunks, in order. */
  public static Hash128 digest(
      int cells, int dimension, ProbeLimit probes, List<Hash128> contents) {
    ByteBuffer bytes =
        ByteBuffer.allocate(3 * Integer.BYTES + Float.BYTES + contents.size() * Hash128.BYTES)
            .putInt(cells)
            .putInt(dimension)
            .putInt(probes.cells())
            .putFloat(probes.margin());
    contents.forEach(content -> bytes.put(content.toBytes()));
    return Hash128.of(bytes.array());
  }

  static int chunks(int cells) {
    return (rows(cells) + CENTROIDS - 1) / CENTROIDS;
  }

  private static int rows(int cells) {
    return levels(cells).stream().mapToInt(level -> level).sum();
  }

  /** How many cells, groups, groups of groups there are. */
  private static List<Integer> levels(int cells) {
    List<Integer> levels = new ArrayList<>();
    for (int level = cells; level > 0; level = Centroids.groups(level)) {
      levels.add(level);
    }
    return levels;
  }
}
