package io.realmstream.jobs.retriever.passages;

import io.realmstream.jobs.OperatorMetrics;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * How long the most silent shard of this subtask has had no heartbeat. Heartbeats come each second,
 * with or without edits. So silence means that the updater is broken, or the way from it.
 */
public final class ShardSilence {
  /** Time of the last heartbeat by shard, in epoch ms; read by the reporters' threads. */
  private final Map<Integer, Long> heard = new ConcurrentHashMap<>();

  private final int shards;
  private final LongSupplier clock;

  /**
   * @param shards how many the subtask has
   * @param clock what a reader of the gauge goes by, in epoch ms
   */
  ShardSilence(int shards, LongSupplier clock, OperatorMetrics metrics) {
    this.shards = shards;
    this.clock = clock;
    metrics.gauge("silentMs", this::longestMs);
  }

  void hear(int shard, long nowMs) {
    heard.put(shard, nowMs);
  }

  /** -1 = a shard has not had any since the start. */
  private long longestMs() {
    long first = heard.values().stream().mapToLong(at -> at).min().orElse(-1);
    return heard.size() < shards ? -1 : Math.max(0, clock.getAsLong() - first);
  }
}
