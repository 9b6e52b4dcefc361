package io.realmstream.schemas.vectors;

import io.realmstream.schemas.Limits;
import java.util.List;

/**
 * The two ends of a republication. Between them stand, among other records, all documents of the
 * shard and all deletions that the updater remembers, in each version that the end names. Whatever
 * a reader holds of those versions that no record since the beginning has named is gone. Of other
 * versions nothing is known to be complete any more.
 *
 * @param round grows with each republication of the shard
 * @param ends false = it begins here
 * @param versions at the end: those that are written, but for those whose turn comes later
 * @param complete at the end: those in which the shard is complete, see {@link ShardComplete};
 *     newer ones as well
 */
public record ShardRound(
    int shard, long round, boolean ends, List<Integer> versions, List<Integer> complete)
    implements VectorMessage {

  /** Refuses a negative shard and a round below 1. */
  public ShardRound {
    Limits.checkAtLeast("shard", shard, 0);
    Limits.checkAtLeast("round", round, 1);
  }
}
