package io.realmstream.jobs.retriever;

import io.realmstream.jobs.OperatorMetrics;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;

/**
 * How many passages answers may quote, by version: a gauge {@code passages} each.
 *
 * <p>State, by shard: one number a version ({@code live-passages}).
 */
final class LivePassages {
  private final MapState<Integer, Long> state;
  private final OperatorMetrics metrics;

  /** By version, then shard; read by the reporters' threads. */
  private final Map<Integer, Map<Integer, Long>> known = new ConcurrentHashMap<>();

  LivePassages(RuntimeContext context, OperatorMetrics metrics) {
    this.metrics = metrics;
    state =
        context.getMapState(new MapStateDescriptor<>("live-passages", Integer.class, Long.class));
  }

  /** Takes up what the current shard's restored state says, unless that is known. */
  void load(int shard) throws Exception {
    for (Map.Entry<Integer, Long> version : state.entries()) {
      of(version.getKey()).putIfAbsent(shard, version.getValue());
    }
  }

  /** A document of the current shard has so many passages more in a version, or fewer. */
  void add(int shard, int version, int difference) throws Exception {
    Long before = state.get(version);
    long now = (before == null ? 0 : before) + difference;
    state.put(version, now);
    of(version).put(shard, now);
  }

  /** The current shard has nothing of a version any more. */
  void forget(int shard, int version) throws Exception {
    state.remove(version);
    of(version).remove(shard);
  }

  private Map<Integer, Long> of(int version) {
    return known.computeIfAbsent(
        version,
        number -> {
          Map<Integer, Long> byShard = new ConcurrentHashMap<>();
          metrics
              .of("version", number)
              .gauge("passages", () -> byShard.values().stream().mapToLong(n -> n).sum());
          return byShard;
        });
  }
}
