package io.realmstream.jobs.retriever.freshness;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Every edit of the shard with a Kafka timestamp up to {@code through} is answerable; null = nobody
 * knows, because something was lost.
 */
public record ShardFreshness(int shard, @Nullable Instant through) {
  public static ShardFreshness unknown(int shard) {
    return new ShardFreshness(shard, null);
  }
}
