package io.realmstream.jobs.retriever.passages;

import io.realmstream.jobs.OperatorMetrics;
import io.realmstream.model.state.Table;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many passages answers may quote, by version: a gauge {@code passages} each, -1 until every
 * shard of the subtask is loaded.
 *
 * <p>State, by shard: one number a version.
 */
public final class LivePassages {
  private final Table<Integer, Long> state;
  private final OperatorMetrics metrics;
  private final int shards;

  /** Shards whose restored state is known; read by the reporters' threads. */
  private final Set<Integer> loaded = ConcurrentHashMap.newKeySet();

  /** By version, then shard; read by the reporters' threads. */
  private final Map<Integer, Map<Integer, Long>> known = new ConcurrentHashMap<>();

  /**
   * @param state by version
   * @param shards of the subtask
   */
  LivePassages(Table<Integer, Long> state, OperatorMetrics metrics, int shards) {
    this.state = state;
    this.metrics = metrics;
    this.shards = shards;
  }

  /** Takes up what the current shard's restored state says, unless that is known. */
  void load(int shard) {
    if (loaded.contains(shard)) {
      return;
    }
    for (var all = state.entries(); all.hasNext(); ) {
      Map.Entry<Integer, Long> version = all.next();
      of(version.getKey()).putIfAbsent(shard, version.getValue());
    }
    loaded.add(shard);
  }

  /** A document of the current shard has so many passages more in a version, or fewer. */
  void add(int shard, int version, int difference) {
    Long before = state.get(version);
    long now = (before == null ? 0 : before) + difference;
    state.put(version, now);
    of(version).put(shard, now);
  }

  /** The current shard has nothing of a version any more. */
  void forget(int shard, int version) {
    state.remove(version);
    of(version).remove(shard);
  }

  private Map<Integer, Long> of(int version) {
    return known.computeIfAbsent(
        version,
        number -> {
          Map<Integer, Long> byShard = new ConcurrentHashMap<>();
          metrics.of("version", number).gauge("passages", () -> sum(byShard));
          return byShard;
        });
  }

  private long sum(Map<Integer, Long> byShard) {
    return loaded.size() < shards ? -1 : byShard.values().stream().mapToLong(n -> n).sum();
  }
}
