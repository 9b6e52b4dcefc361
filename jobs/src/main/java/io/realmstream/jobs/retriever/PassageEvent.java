package io.realmstream.jobs.retriever;

import io.realmstream.schemas.vectors.Heartbeat;
import io.realmstream.schemas.vectors.PassageVectors;
import io.realmstream.schemas.vectors.ShardComplete;
import io.realmstream.schemas.vectors.ShardRetired;
import org.jspecify.annotations.Nullable;

/** What reaches a document shard, in order: exactly one of the five is set. */
public record PassageEvent(
    int shard,
    @Nullable PassageVectors vectors,
    @Nullable Ack ack,
    @Nullable Heartbeat heartbeat,
    @Nullable ShardComplete complete,
    @Nullable ShardRetired retired) {
  static PassageEvent of(PassageVectors vectors) {
    return new PassageEvent(vectors.shard(), vectors, null, null, null, null);
  }

  static PassageEvent of(Heartbeat heartbeat, int shard) {
    return new PassageEvent(shard, null, null, heartbeat, null, null);
  }

  static PassageEvent of(ShardComplete complete) {
    return new PassageEvent(complete.shard(), null, null, null, complete, null);
  }

  static PassageEvent of(ShardRetired retired) {
    return new PassageEvent(retired.shard(), null, null, null, null, retired);
  }

  /** The version that it speaks of; null for a heartbeat. */
  @Nullable Integer version() {
    if (vectors != null) {
      return vectors.version();
    }
    if (ack != null) {
      return ack.version();
    }
    if (complete != null) {
      return complete.version();
    }
    return retired == null ? null : retired.version();
  }

  static PassageEvent of(Ack ack) {
    return new PassageEvent(ack.documentShard(), null, ack, null, null, null);
  }
}
