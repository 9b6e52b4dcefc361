package io.realmstream.schemas.vectors;

import io.realmstream.schemas.Hash128;
import org.jspecify.annotations.Nullable;

/**
 * A passage that was not in the document's revision before.
 *
 * @param vector float32, one entry a dimension, finite
 * @param trunk what the vector is a projection of; null = not told
 */
public record PassageInsert(
    Hash128 uid, Hash128 contentHash, String text, float[] vector, @Nullable PassageTrunk trunk) {

  /** A passage that does not tell what its vector is a projection of. */
  public PassageInsert(Hash128 uid, Hash128 contentHash, String text, float[] vector) {
    this(uid, contentHash, text, vector, null);
  }
}
