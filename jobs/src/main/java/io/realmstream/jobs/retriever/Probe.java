package io.realmstream.jobs.retriever;

/**
 * One search of a shard's cells on behalf of a query.
 *
 * @param partition the one that the query was routed by
 * @param cells the cells to search, all of that partition and shard
 */
public record Probe(
    String request,
    long deadlineMs,
    int version,
    int partition,
    int cellShard,
    int[] cells,
    int k,
    float[] vector) {}
