package io.realmstream.jobs.retriever;

import io.realmstream.schemas.vectors.Heartbeat;
import io.realmstream.schemas.vectors.PassageVectors;
import io.realmstream.schemas.vectors.ShardComplete;
import org.jspecify.annotations.Nullable;

/** What reaches a document shard, in order: exactly one of the four is set. */
public record PassageEvent(
    int shard,
    @Nullable PassageVectors vectors,
    @Nullable Ack ack,
    @Nullable Heartbeat heartbeat,
    @Nullable ShardComplete complete) {
  static PassageEvent of(Ack ack) {
    return new PassageEvent(ack.documentShard(), null, ack, null, null);
  }
}
