package io.realmstream.jobs.retriever;

import io.realmstream.schemas.Hash128;

/**
 * An insert into a cell or a delete from it.
 *
 * @param revision sequence of the change: the document revision that made it
 * @param vector empty for a delete
 */
public record CellUpdate(
    int version,
    int cellShard,
    int cell,
    boolean insert,
    Hash128 uid,
    long revision,
    int documentShard,
    String document,
    float[] vector) {}
