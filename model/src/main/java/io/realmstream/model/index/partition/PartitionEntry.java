package io.realmstream.model.index.partition;

import io.realmstream.schemas.Hash128;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a partition: the chunks that have come, and how far it has got.
 *
 * @param chunks in the order of their arrival, each once; of one partition, once it is filled
 */
public record PartitionEntry(Stage stage, List<PartitionChunk> chunks) {
  /** How far a partition has got. */
  public enum Stage {
    /** Chunks are missing, or nobody has said that they are to be used. */
    FORMING,
    /** Vectors go to its cells, queries do not. */
    FILLING,
    /** Queries are routed by it; those under way may still be routed by the one before. */
    SERVING,
    /** All partitions before it are gone. */
    ALONE
  }

  static final PartitionEntry NEW = new PartitionEntry(Stage.FORMING, List.of());

  /**
   * Takes in a chunk. A training that was repeated after a failure may have had another outcome,
   * whose chunks replace those of one that was cut off. All that came whole is kept until a run
   * says which one is filled: that may be an earlier one.
   */
  PartitionEntry with(PartitionChunk chunk) {
    if (stage != Stage.FORMING) {
      return this;
    }
    List<PartitionChunk> known = new ArrayList<>();
    for (PartitionChunk other : chunks) {
      boolean together = other.digest().equals(chunk.digest());
      if (together ? other.number() != chunk.number() : isWhole(other)) {
        known.add(other);
      }
    }
    known.add(chunk);
    return new PartitionEntry(Stage.FORMING, known);
  }

  private boolean isWhole(PartitionChunk any) {
    return of(any.digest()).size() == any.chunks();
  }

  private List<PartitionChunk> of(Hash128 digest) {
    return chunks.stream().filter(chunk -> chunk.digest().equals(digest)).toList();
  }

  /** Begins to be filled, if all chunks of that digest are there and undamaged. */
  PartitionEntry filling(PartitionHead head) {
    if (stage != Stage.FORMING) {
      return this;
    }
    List<PartitionChunk> wanted = of(head.digest());
    return wanted.size() == head.chunks() && assembled(wanted) != null
        ? new PartitionEntry(Stage.FILLING, wanted)
        : this;
  }

  PartitionEntry at(Stage next) {
    return new PartitionEntry(next, chunks);
  }

  /** Whether vectors go to its cells. */
  boolean isComplete() {
    return stage != Stage.FORMING;
  }

  /** The partition of a complete entry. */
  Partition partition() {
    Partition partition = assembled(chunks);
    if (partition == null) {
      throw new IllegalStateException("chunks do not add up to their digest");
    }
    return partition;
  }

  /** Puts all chunks together; null when the outcome is not what their digest names. */
  private static @Nullable Partition assembled(List<PartitionChunk> chunks) {
    PartitionChunk any = chunks.get(0);
    int width = any.dimension() + 1;
    float[] rows = new float[any.cells() * width];
    for (PartitionChunk chunk : chunks) {
      if (chunk.cells() != any.cells() || chunk.dimension() != any.dimension()) {
        return null;
      }
      int start = chunk.number() * PartitionChunk.CENTROIDS * width;
      System.arraycopy(chunk.centroids(), 0, rows, start, chunk.centroids().length);
    }
    Partition partition = Partition.of(new Centroids(rows, any.dimension()), any.probes());
    return partition.digest().equals(any.digest()) ? partition : null;
  }
}
