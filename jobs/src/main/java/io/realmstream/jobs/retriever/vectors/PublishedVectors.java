package io.realmstream.jobs.retriever.vectors;

import io.realmstream.schemas.vectors.PassageVectors;

/**
 * Vectors as the updater sent them.
 *
 * @param again whether they say once more what was published before
 */
public record PublishedVectors(PassageVectors vectors, boolean again) {}
