package io.realmstream.jobs.retriever;

import io.realmstream.jobs.StateTable;
import io.realmstream.model.state.Walk;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;

/**
 * The versions that had their time, of the shard whose key is current, and the walks that forget
 * what some maps hold of them, a slice at a time so that queries go on. The version of a record is
 * to be looked up here first: what comes too late, a cell's acknowledgement for instance, would
 * bring back an entry that nobody forgets any more.
 *
 * <p>After a restore a walk starts over, among what is left.
 *
 * <p>State, by shard: one entry a retired version ({@code retired}), kept for good: whether there
 * is something left to forget.
 */
final class RetiredVersions {
  /** Entries that a slice looks at. */
  static final int SEEN_PER_SLICE = 512;

  private final MapState<Integer, Boolean> retired;
  private final List<MapState<? extends Versioned, ?>> maps;

  /** The same as {@code retired} on the heap, since every record asks; by shard. */
  private final Map<Integer, Map<Integer, Boolean>> known = new HashMap<>();

  private final Map<Integer, Round> rounds = new HashMap<>();

  /** Where the walks of a shard, one a map, stand. */
  private static final class Round {
    private final Iterator<MapState<? extends Versioned, ?>> maps;
    private Slot<?> slot;

    Round(List<MapState<? extends Versioned, ?>> all) {
      maps = all.iterator();
      slot = new Slot<>(maps.next());
    }
  }

  /** A map, and where a walk stands in it. */
  private static final class Slot<K extends Versioned> {
    private final MapState<K, ?> map;
    private final Walk<K> walk;

    Slot(MapState<K, ?> map) {
      this.map = map;
      this.walk = new Walk<>(new StateTable<>(map));
    }

    /** Takes a step; returns whether there was one to take. */
    boolean step(Map<Integer, Boolean> versions) throws Exception {
      K key = walk.next();
      if (key == null) {
        return false;
      }
      if (versions.containsKey(key.version())) {
        map.remove(key);
      }
      return true;
    }
  }

  /**
   * @param maps what is to be forgotten of a version
   */
  RetiredVersions(RuntimeContext context, List<MapState<? extends Versioned, ?>> maps) {
    this.maps = List.copyOf(maps);
    retired =
        context.getMapState(new MapStateDescriptor<>("retired", Integer.class, Boolean.class));
  }

  /** Whether a version had its time on the shard of that number. */
  boolean contains(int shard, int version) throws Exception {
    return of(shard).containsKey(version);
  }

  /** A version has its time now: {@link #forgetSome} is to be called until it says no. */
  void add(int shard, int version) throws Exception {
    retired.put(version, true);
    of(shard).put(version, true);
    rounds.remove(shard); // it may be past what is to be forgotten now
  }

  /**
   * Takes a slice of the shard's walk.
   *
   * @return whether there is more to forget
   */
  boolean forgetSome(int shard) throws Exception {
    Map<Integer, Boolean> versions = of(shard);
    if (!versions.containsValue(true)) {
      return false;
    }
    Round round = rounds.get(shard);
    if (round == null) {
      round = new Round(maps);
      rounds.put(shard, round);
    }
    for (int seen = 0; seen < SEEN_PER_SLICE; seen++) {
      if (!round.slot.step(versions)) {
        if (!round.maps.hasNext()) {
          end(shard);
          return false;
        }
        round.slot = new Slot<>(round.maps.next());
      }
    }
    return true;
  }

  private void end(int shard) throws Exception {
    rounds.remove(shard);
    for (Map.Entry<Integer, Boolean> version : of(shard).entrySet()) {
      if (version.getValue()) {
        retired.put(version.getKey(), false);
        version.setValue(false);
      }
    }
  }

  private Map<Integer, Boolean> of(int shard) throws Exception {
    Map<Integer, Boolean> versions = known.get(shard);
    if (versions == null) {
      versions = new HashMap<>();
      for (Map.Entry<Integer, Boolean> version : retired.entries()) {
        versions.put(version.getKey(), version.getValue());
      }
      known.put(shard, versions);
    }
    return versions;
  }
}
