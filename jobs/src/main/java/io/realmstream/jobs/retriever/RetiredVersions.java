package io.realmstream.jobs.retriever;

import io.realmstream.jobs.StateTable;
import io.realmstream.model.state.Walk;
import io.realmstream.model.version.EndedIndexes;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;

/**
 * The walks that forget what some maps hold of versions that had their time, a slice at a time so
 * that queries go on. The Flink key is the shard's.
 *
 * <p>After a restore a walk starts over, among what is left.
 *
 * <p>State, by shard: that of {@link EndedVersions}; one entry while there is something left to
 * forget ({@code forgetting}).
 */
final class RetiredVersions {
  /** Entries that a slice looks at. */
  static final int SEEN_PER_SLICE = 512;

  private final EndedVersions ended;
  private final ValueState<Boolean> forgetting;
  private final List<MapState<? extends Versioned, ?>> maps;
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
    boolean step(EndedIndexes ended) throws Exception {
      K key = walk.next();
      if (key == null) {
        return false;
      }
      if (ended.contains(key.version())) {
        map.remove(key);
      }
      return true;
    }
  }

  /**
   * @param maps what is to be forgotten of a version
   */
  RetiredVersions(
      RuntimeContext context, EndedVersions ended, List<MapState<? extends Versioned, ?>> maps) {
    this.ended = ended;
    this.maps = List.copyOf(maps);
    forgetting = context.getState(new ValueStateDescriptor<>("forgetting", Boolean.class));
  }

  /**
   * Takes in which versions had their time; returns those that are news. If there are any, {@link
   * #forgetSome} is to be called until it says no.
   */
  List<Integer> add(int shard, EndedIndexes more) throws Exception {
    List<Integer> over = ended.add(shard, more);
    if (!over.isEmpty()) {
      forgetting.update(true);
      rounds.remove(shard); // it may be past what is to be forgotten now
    }
    return over;
  }

  /**
   * Takes a slice of the shard's walk.
   *
   * @return whether there is more to forget
   */
  boolean forgetSome(int shard) throws Exception {
    if (forgetting.value() == null) {
      return false;
    }
    Round round = rounds.computeIfAbsent(shard, any -> new Round(maps));
    EndedIndexes versions = ended.of(shard);
    for (int seen = 0; seen < SEEN_PER_SLICE; seen++) {
      if (!round.slot.step(versions)) {
        if (!round.maps.hasNext()) {
          rounds.remove(shard);
          forgetting.clear();
          return false;
        }
        round.slot = new Slot<>(round.maps.next());
      }
    }
    return true;
  }
}
