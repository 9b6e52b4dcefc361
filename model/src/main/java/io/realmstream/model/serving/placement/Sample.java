package io.realmstream.model.serving.placement;

import io.realmstream.schemas.Hash128;

/**
 * A passage of the sample that partitions are trained from, with its shard's latest census.
 *
 * @param vector empty when the passage is gone
 */
public record Sample(int version, int shard, Census census, Hash128 uid, float[] vector) {}
