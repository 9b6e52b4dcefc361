package io.realmstream.jobs.retriever.gather;

import io.realmstream.model.serving.revision.FoundPassage;

/**
 * A candidate that stands.
 *
 * @param score retrieval score f(x,z), scaled
 */
public record RankedPassage(FoundPassage passage, double score) {}
