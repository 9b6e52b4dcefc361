package io.realmstream.model.index.partition.table;

import io.realmstream.model.index.partition.PartitionHead;

/**
 * What is kept of a partition that is in use: how far it has got, and what names its centroids.
 * Those are on the partitions topic.
 */
public record PartitionEntry(Stage stage, PartitionHead head) {
  /** How far a partition has got. */
  public enum Stage {
    /** Vectors go to its cells, queries do not. */
    FILLING,
    /** Queries are routed by it; those under way may still be routed by the one before. */
    SERVING,
    /** All partitions before it are gone. */
    ALONE
  }

  PartitionEntry at(Stage next) {
    return new PartitionEntry(next, head);
  }
}
