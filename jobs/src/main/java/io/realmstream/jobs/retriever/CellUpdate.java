package io.realmstream.jobs.retriever;

import io.realmstream.schemas.Hash128;

/**
 * An insert into a cell or a delete from it.
 *
 * @param partition which division of the version's vectors into cells the cell belongs to
 * @param revision sequence of the change: the document revision that made it
 * @param vector empty for a delete
 * @param copy which of the {@code copies} this is, from 0: while a partition is being filled, each
 *     passage goes to a cell of that one and to a cell of the one that queries use
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
    DELETE
  }
}
