package io.realmstream.jobs.retriever;

/** A cell shard holds all that any document shard had to bring into a partition. */
public record CellsFilled(int version, int partition, int cellShard) {}
