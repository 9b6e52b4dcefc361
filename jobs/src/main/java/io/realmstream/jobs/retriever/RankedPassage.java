package io.realmstream.jobs.retriever;

/**
 * A candidate that stands.
 *
 * @param score retrieval score f(x,z), scaled
 */
public record RankedPassage(FoundPassage passage, double score) {}
