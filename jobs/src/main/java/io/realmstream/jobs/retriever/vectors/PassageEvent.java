package io.realmstream.jobs.retriever.vectors;

import io.realmstream.model.serving.BeatPosition;
import io.realmstream.model.serving.revision.Ack;
import io.realmstream.model.version.EndedIndexes;
import io.realmstream.schemas.vectors.PassageVectors;
import io.realmstream.schemas.vectors.ShardComplete;
import io.realmstream.schemas.vectors.ShardRetired;
import io.realmstream.schemas.vectors.ShardRound;
import org.jspecify.annotations.Nullable;

/**
 * What reaches a document shard, in order: one of the last seven is set or, where a record was
 * lost, none.
 *
 * @param settled up to where every revision that came is seen by answers, or a later one is
 */
public record PassageEvent(
    int shard,
    @Nullable PublishedVectors published,
    @Nullable Ack ack,
    @Nullable CountedBeat beat,
    @Nullable ShardComplete complete,
    @Nullable EndedIndexes ended,
    @Nullable ShardRound round,
    @Nullable BeatPosition settled) {
  public static PassageEvent of(PassageVectors vectors) {
    return of(vectors, false);
  }

  public static PassageEvent of(PassageVectors vectors, boolean again) {
    PublishedVectors published = new PublishedVectors(vectors, again);
    return new PassageEvent(vectors.shard(), published, null, null, null, null, null, null);
  }

  public static PassageEvent of(Ack ack) {
    return new PassageEvent(ack.documentShard(), null, ack, null, null, null, null, null);
  }

  public static PassageEvent of(CountedBeat beat, int shard) {
    return new PassageEvent(shard, null, null, beat, null, null, null, null);
  }

  public static PassageEvent of(ShardComplete complete) {
    return new PassageEvent(complete.shard(), null, null, null, complete, null, null, null);
  }

  public static PassageEvent of(ShardRetired retired) {
    return ended(retired.shard(), EndedIndexes.only(retired.version()));
  }

  public static PassageEvent ended(int shard, EndedIndexes ended) {
    return new PassageEvent(shard, null, null, null, null, ended, null, null);
  }

  public static PassageEvent of(ShardRound round) {
    return new PassageEvent(round.shard(), null, null, null, null, null, round, null);
  }

  public static PassageEvent settled(int shard, BeatPosition settled) {
    return new PassageEvent(shard, null, null, null, null, null, null, settled);
  }

  /** A record of the shard was lost here, or several. */
  public static PassageEvent gap(int shard) {
    return new PassageEvent(shard, null, null, null, null, null, null, null);
  }

  public boolean isGap() {
    return published == null
        && ack == null
        && beat == null
        && complete == null
        && ended == null
        && round == null
        && settled == null;
  }

  /** The version that it speaks of; null for what concerns all. */
  public @Nullable Integer version() {
    if (published != null) {
      return published.vectors().version();
    }
    if (ack != null) {
      return ack.version();
    }
    return complete == null ? null : complete.version();
  }
}
