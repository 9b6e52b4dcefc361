package io.realmstream.jobs.retriever;

/** One search of one cell on behalf of a query. */
public record Probe(
    String request, long deadlineMs, int version, int cellShard, int cell, int k, float[] vector) {}
