package io.realmstream.jobs.retriever.vectors;

/** State: how many entries the vectors of a version have. */
public record VersionDimension(int version, int dimension) {}
