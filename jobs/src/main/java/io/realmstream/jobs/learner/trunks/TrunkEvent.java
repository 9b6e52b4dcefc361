package io.realmstream.jobs.learner.trunks;

import io.realmstream.schemas.vectors.PassageVectors;
import io.realmstream.schemas.vectors.ShardRound;
import org.jspecify.annotations.Nullable;

/**
 * What reaches the learner of a document shard, in order: one of the two is set or, where a record
 * was lost, neither.
 *
 * @param vectors without the vectors themselves
 * @param again whether they say once more what was published before
 */
public record TrunkEvent(
    int shard, @Nullable PassageVectors vectors, boolean again, @Nullable ShardRound round) {
  public static TrunkEvent of(PassageVectors vectors, boolean again) {
    return new TrunkEvent(vectors.shard(), vectors, again, null);
  }

  public static TrunkEvent of(ShardRound round) {
    return new TrunkEvent(round.shard(), null, false, round);
  }

  /** A record of the shard was lost here, or several. */
  public static TrunkEvent gap(int shard) {
    return new TrunkEvent(shard, null, false, null);
  }
}
