package io.realmstream.schemas.vectors;

import io.realmstream.schemas.Limits;

/**
 * A place among the records that were sent to one document shard.
 *
 * @param run of the updater: another after each start, in no order
 * @param number of the record in its run, from 1 without a gap
 */
public record ShardPosition(int shard, long run, long number) {

  /** Refuses a negative shard and a number below 1. */
  public ShardPosition {
    Limits.checkAtLeast("shard", shard, 0);
    Limits.checkAtLeast("number", number, 1);
  }
}
