package io.realmstream.schemas.vectors;

import io.realmstream.schemas.Hash128;

/**
 * What a passage's vector is a projection of. A new projection can be learned from it without a run
 * of the transformer.
 *
 * @param digest of all of the document tower that comes before its projection
 * @param output pooled output of the transformer, float32, finite
 */
public record PassageTrunk(Hash128 digest, float[] output) {}
