package io.realmstream.jobs.retriever;

import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * How many dimensions a version's vectors have, by cell shard: those of the first one that came.
 *
 * <p>In keyed state, one number a version; and on the heap, since every probe asks.
 */
final class IndexDimensions {
  static final MapStateDescriptor<Integer, Integer> STATE =
      new MapStateDescriptor<>("dimensions", Integer.class, Integer.class);

  private record ShardVersion(int shard, int version) {}

  private final MapState<Integer, Integer> state;
  private final Map<ShardVersion, Integer> known = new HashMap<>();

  IndexDimensions(MapState<Integer, Integer> state) {
    this.state = state;
  }

  /** The version's dimension on the shard whose key is current, or null before its first vector. */
  @Nullable Integer get(int shard, int version) throws Exception {
    ShardVersion key = new ShardVersion(shard, version);
    Integer dimension = known.get(key);
    if (dimension == null) {
      dimension = state.get(version);
      if (dimension != null) {
        known.put(key, dimension);
      }
    }
    return dimension;
  }

  void remove(int shard, int version) throws Exception {
    state.remove(version);
    known.remove(new ShardVersion(shard, version));
  }

  void put(int shard, int version, int dimension) throws Exception {
    state.put(version, dimension);
    known.put(new ShardVersion(shard, version), dimension);
  }
}
