package io.realmstream.jobs.retriever.freshness;

import io.realmstream.schemas.vectors.ShardComplete;
import org.jspecify.annotations.Nullable;

/**
 * What a document shard says of itself, exactly one of two: how fresh it is, or that it is complete
 * in a version. Both use one stream, in the order in which they became true. Otherwise a completion
 * from before a loss could arrive after it.
 */
public record ShardNews(
    int shard, @Nullable ShardFreshness freshness, @Nullable ShardComplete complete) {
  public static ShardNews of(ShardFreshness freshness) {
    return new ShardNews(freshness.shard(), freshness, null);
  }

  public static ShardNews of(ShardComplete complete) {
    return new ShardNews(complete.shard(), null, complete);
  }

  /** Whether something of the shard was lost. */
  public boolean isLoss() {
    return freshness != null && freshness.through() == null;
  }
}
