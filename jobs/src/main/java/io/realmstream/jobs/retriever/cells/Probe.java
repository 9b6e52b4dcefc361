package io.realmstream.jobs.retriever.cells;

import io.realmstream.model.index.partition.PartitionId;

/**
 * One search of a shard's cells on behalf of a query.
 *
 * @param partition the one that the query was routed by, of the version that answers
 * @param cellShard whose cells are searched
 * @param cellShards all that are asked on behalf of the query, each by a probe of its own
 * @param cells the cells to search, all of that partition and shard, the most promising first
 */
public record Probe(
    String request,
    long deadlineMs,
    PartitionId partition,
    int cellShard,
    int[] cellShards,
    int[] cells,
    Sought sought) {
  int version() {
    return partition.version();
  }
}
