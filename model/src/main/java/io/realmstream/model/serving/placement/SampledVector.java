package io.realmstream.model.serving.placement;

import io.realmstream.model.index.vector.Int8Code;

/**
 * A passage of the sample that partitions are trained from.
 *
 * @param shard document shard, whose census says whether it is still one
 */
public record SampledVector(int shard, Int8Code code) {}
