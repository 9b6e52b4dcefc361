package io.realmstream.schemas.vectors;

import io.realmstream.schemas.Limits;

/**
 * All documents of the shard that were live when the version was announced are published in front
 * of this record.
 */
public record ShardComplete(int version, int shard) implements VectorMessage {

  /** Refuses a version below 1 and a negative shard. */
  public ShardComplete {
    Limits.checkAtLeast("version", version, 1);
    Limits.checkAtLeast("shard", shard, 0);
  }
}
