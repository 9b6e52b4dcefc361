package io.realmstream.schemas.vectors;

import io.realmstream.schemas.Hash128;

/**
 * A passage that was not in the document's revision before.
 *
 * @param vector float32, one entry a dimension, finite
 */
public record PassageInsert(Hash128 uid, Hash128 contentHash, String text, float[] vector) {}
