package io.realmstream.model.serving;

import io.realmstream.model.state.Table;
import io.realmstream.model.transport.Doubt;
import io.realmstream.schemas.vectors.RepublicationRequest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whether something of a shard was lost, and the requests to publish it again.
 *
 * <p>State, by shard: {@code doubt}, absent when there is none.
 */
public final class ShardDoubt {
  private final int shards;
  private final String reporter;
  private final Table<Integer, Doubt> doubts;

  /**
   * @param doubts by shard
   * @param shards how many there are
   * @param reporter who asks, as its requests say
   */
  public ShardDoubt(Table<Integer, Doubt> doubts, int shards, String reporter) {
    this.doubts = doubts;
    this.shards = shards;
    this.reporter = reporter;
  }

  /** A record was lost; returns whether that is news. */
  public boolean lose(int shard, long nowMs) {
    Doubt before = doubts.get(shard);
    doubts.put(shard, before == null ? Doubt.noticed(nowMs) : before.again());
    return before == null;
  }

  /** A whole republication has come. */
  public void repair(int shard) {
    Doubt before = doubts.get(shard);
    if (before != null) {
      doubts.put(shard, before.repair());
    }
  }

  public boolean isNone(int shard) {
    return doubts.get(shard) == null;
  }

  /**
   * Ends the doubt if what came behind the loss is whole.
   *
   * @return whether there is none any more
   */
  public boolean settle(int shard) {
    Doubt now = doubts.get(shard);
    if (now != null && now.repaired()) {
      doubts.remove(shard);
      return true;
    }
    return now == null;
  }

  /** When to look again, in epoch ms; null = there is nothing to wait for. */
  public @Nullable Long lookAtMs(int shard) {
    Doubt now = doubts.get(shard);
    return now == null || now.repaired() ? null : Long.valueOf(now.askAtMs());
  }

  /**
   * Asks for the shard, if it is time.
   *
   * @param isUnderWay whether a republication has begun
   * @return what to send; null = nothing
   */
  public @Nullable RepublicationRequest ask(int shard, boolean isUnderWay, long nowMs) {
    Doubt now = doubts.get(shard);
    if (now == null || now.repaired() || nowMs < now.askAtMs()) {
      return null;
    }
    if (isUnderWay) {
      doubts.put(shard, now.later(nowMs));
      return null;
    }
    doubts.put(shard, now.asked(nowMs));
    return new RepublicationRequest(
        shard, shards, reporter, "records of the shard were lost", Instant.ofEpochMilli(nowMs));
  }
}
