package io.realmstream.model.serving.cell;

import io.realmstream.model.state.Table;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How many dimensions a version's vectors have, by cell shard: those of the first one that came.
 *
 * <p>In keyed state, one number a version; and on the heap, since every probe asks.
 */
public final class IndexDimensions {
  private record ShardVersion(int shard, int version) {}

  private final Table<Integer, Integer> state;
  private final Map<ShardVersion, Integer> known = new HashMap<>();

  /**
   * @param state by version
   */
  public IndexDimensions(Table<Integer, Integer> state) {
    this.state = state;
  }

  /** The version's dimension on a shard, or null before its first vector. */
  public @Nullable Integer get(int shard, int version) {
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

  public void remove(int shard, int version) {
    state.remove(version);
    known.remove(new ShardVersion(shard, version));
  }

  public void put(int shard, int version, int dimension) {
    state.put(version, dimension);
    known.put(new ShardVersion(shard, version), dimension);
  }
}
