package io.realmstream.jobs.retriever.vectors;

import io.realmstream.model.serving.revision.Ack;
import io.realmstream.model.version.EndedIndexes;
import io.realmstream.schemas.vectors.Heartbeat;
import io.realmstream.schemas.vectors.PassageVectors;
import io.realmstream.schemas.vectors.ShardComplete;
import io.realmstream.schemas.vectors.ShardRetired;
import io.realmstream.schemas.vectors.ShardRound;
import org.jspecify.annotations.Nullable;

/**
 * What reaches a document shard, in order: one of the last six is set or, where a record was lost,
 * none.
 *
 * @param again whether the vectors say once more what was published before
 */
public record PassageEvent(
    int shard,
    boolean again,
    @Nullable PassageVectors vectors,
    @Nullable Ack ack,
    @Nullable Heartbeat heartbeat,
    @Nullable ShardComplete complete,
    @Nullable EndedIndexes ended,
    @Nullable ShardRound round) {
  public static PassageEvent of(PassageVectors vectors) {
    return of(vectors, false);
  }

  public static PassageEvent of(PassageVectors vectors, boolean again) {
    return new PassageEvent(vectors.shard(), again, vectors, null, null, null, null, null);
  }

  public static PassageEvent of(Ack ack) {
    return new PassageEvent(ack.documentShard(), false, null, ack, null, null, null, null);
  }

  public static PassageEvent of(Heartbeat heartbeat, int shard) {
    return new PassageEvent(shard, false, null, null, heartbeat, null, null, null);
  }

  public static PassageEvent of(ShardComplete complete) {
    return new PassageEvent(complete.shard(), false, null, null, null, complete, null, null);
  }

  public static PassageEvent of(ShardRetired retired) {
    return ended(retired.shard(), EndedIndexes.only(retired.version()));
  }

  public static PassageEvent ended(int shard, EndedIndexes ended) {
    return new PassageEvent(shard, false, null, null, null, null, ended, null);
  }

  public static PassageEvent of(ShardRound round) {
    return new PassageEvent(round.shard(), false, null, null, null, null, null, round);
  }

  /** A record of the shard was lost here, or several. */
  public static PassageEvent gap(int shard) {
    return new PassageEvent(shard, false, null, null, null, null, null, null);
  }

  public boolean isGap() {
    return vectors == null
        && ack == null
        && heartbeat == null
        && complete == null
        && ended == null
        && round == null;
  }

  /** The version that it speaks of; null for what concerns all. */
  public @Nullable Integer version() {
    if (vectors != null) {
      return vectors.version();
    }
    if (ack != null) {
      return ack.version();
    }
    return complete == null ? null : complete.version();
  }
}
