package io.realmstream.model.index;

import io.realmstream.schemas.Hash128;

/**
 * A passage as the index takes it in.
 *
 * @param sequence the revision of the document that brought the passage: the newest wins
 * @param documentShard where the passage's text is looked up
 * @param vector float32, one entry a dimension, finite
 */
public record IndexEntry(Hash128 uid, long sequence, int documentShard, float[] vector) {}
