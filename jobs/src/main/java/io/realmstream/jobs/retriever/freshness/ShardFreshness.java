package io.realmstream.jobs.retriever.freshness;

import io.realmstream.model.serving.BeatPosition;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Every edit of the shard with a Kafka timestamp up to {@code through} is answerable; null = nobody
 * knows, because something was lost.
 *
 * @param settled the heartbeat up to which every revision that came is seen by answers, or a later
 *     one is; null = not known
 */
public record ShardFreshness(int shard, @Nullable Instant through, @Nullable BeatPosition settled) {
  public static ShardFreshness unknown(int shard) {
    return new ShardFreshness(shard, null, null);
  }
}
