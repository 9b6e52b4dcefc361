package io.realmstream.jobs.retriever;

import io.realmstream.model.index.partition.PartitionId;
import io.realmstream.schemas.Hash128;

/**
 * A change of a cell, or of what a cell shard knows of a partition.
 *
 * @param partition which division of the version's vectors into cells the cell belongs to
 * @param revision sequence of the change: the document revision that made it
 * @param vector empty but for an insert
 * @param copy which of the {@code copies} this is, from 0: while a partition is being filled, each
 *     passage goes to a cell of that one and to a cell of the one that queries use
 * @param copies 0 = nobody waits for an acknowledgement
 */
public record CellUpdate(
    Kind kind,
    int version,
    int partition,
    int cellShard,
    int cell,
    Hash128 uid,
    long revision,
    int documentShard,
    String document,
    float[] vector,
    int copy,
    int copies) {
  /** What is to happen. */
  public enum Kind {
    INSERT,
    DELETE,
    /** The vector will be deleted soon; until then it may or may not stand. */
    DOOM,
    /** The document shard has sent all its passages to the partition; goes to each cell shard. */
    FILLED,
    /** The partition and all before it are to be forgotten; {@code cell} says how many it had. */
    DROP,
    /** Nothing of the version is to be taken in any more. */
    RETIRE
  }

  private static final Hash128 NO_UID = new Hash128(0, 0);
  private static final float[] NO_VECTOR = {};

  static CellUpdate filled(PartitionId id, int cellShard, int documentShard) {
    return new CellUpdate(
        Kind.FILLED,
        id.version(),
        id.partition(),
        cellShard,
        0,
        NO_UID,
        0,
        documentShard,
        "",
        NO_VECTOR,
        0,
        0);
  }

  /** Of a DELETE: the word that it will come. */
  CellUpdate announced() {
    return new CellUpdate(
        Kind.DOOM,
        version,
        partition,
        cellShard,
        cell,
        uid,
        revision,
        documentShard,
        document,
        vector,
        copy,
        copies);
  }

  static CellUpdate drop(PartitionId id, int cellShard, int cells) {
    return ofShard(Kind.DROP, id, cellShard, cells);
  }

  static CellUpdate retire(int version, int cellShard) {
    return ofShard(Kind.RETIRE, new PartitionId(version, 0), cellShard, 0);
  }

  private static CellUpdate ofShard(Kind kind, PartitionId id, int cellShard, int cells) {
    return new CellUpdate(
        kind,
        id.version(),
        id.partition(),
        cellShard,
        cells,
        NO_UID,
        0,
        cellShard,
        "",
        NO_VECTOR,
        0,
        0);
  }
}
