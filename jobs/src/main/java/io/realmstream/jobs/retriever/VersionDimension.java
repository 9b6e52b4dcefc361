package io.realmstream.jobs.retriever;

/** State: how many entries the vectors of a version have. */
public record VersionDimension(int version, int dimension) {}
