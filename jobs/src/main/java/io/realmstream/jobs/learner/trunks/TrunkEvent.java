package io.realmstream.jobs.learner.trunks;

import io.realmstream.model.learning.live.OffsetWindow;
import io.realmstream.schemas.vectors.PassageVectors;
import io.realmstream.schemas.vectors.ShardRound;
import org.jspecify.annotations.Nullable;

/**
 * What reaches the learner of a document shard, in order: one of vectors, round and mark is set or,
 * where a record was lost, none.
 *
 * @param shard of a mark: any
 * @param offset of the record in its partition
 * @param vectors without the vectors themselves
 * @param again whether they say once more what was published before
 * @param mark how far a partition has been read
 */
public record TrunkEvent(
    int shard,
    long offset,
    @Nullable PassageVectors vectors,
    boolean again,
    @Nullable ShardRound round,
    OffsetWindow.@Nullable Mark mark) {
  public static TrunkEvent of(PassageVectors vectors, long offset, boolean again) {
    return new TrunkEvent(vectors.shard(), offset, vectors, again, null, null);
  }

  public static TrunkEvent of(ShardRound round, long offset) {
    return new TrunkEvent(round.shard(), offset, null, false, round, null);
  }

  /** All records of a partition up to the one with that offset came before. */
  public static TrunkEvent read(OffsetWindow.Mark mark) {
    return new TrunkEvent(mark.partition(), mark.next() - 1, null, false, null, mark);
  }

  /** A record of the shard was lost here, or several. */
  public static TrunkEvent gap(int shard, long offset) {
    return new TrunkEvent(shard, offset, null, false, null, null);
  }
}
