package io.realmstream.schemas.vectors;

import io.realmstream.schemas.Limits;

/**
 * The version is RETIRED or REFUSED: no document of the shard is published in it behind this
 * record, so that whoever keeps its vectors may forget them.
 */
public record ShardRetired(int version, int shard) implements VectorMessage {

  /** Refuses a version below 1 and a negative shard. */
  public ShardRetired {
    Limits.checkAtLeast("version", version, 1);
    Limits.checkAtLeast("shard", shard, 0);
  }
}
