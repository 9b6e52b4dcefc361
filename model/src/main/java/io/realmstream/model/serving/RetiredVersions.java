package io.realmstream.model.serving;

import io.realmstream.model.state.Table;
import io.realmstream.model.state.Walk;
import io.realmstream.model.version.EndedIndexes;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * The walks that forget what some tables hold of versions that had their time, a slice at a time so
 * that queries go on.
 *
 * <p>After a restore a walk starts over, among what is left.
 *
 * <p>State, by shard: that of {@link EndedVersions}; one entry while there is something left to
 * forget ({@code forgetting}).
 */
public final class RetiredVersions {
  /** Entries that a slice looks at. */
  static final int SEEN_PER_SLICE = 512;

  private final EndedVersions ended;
  private final Table<Integer, Boolean> forgetting;
  private final List<Table<? extends Versioned, ?>> tables;
  private final Map<Integer, Round> rounds = new HashMap<>();

  /** Where the walks of a shard, one a table, stand. */
  private static final class Round {
    private final Iterator<Table<? extends Versioned, ?>> tables;
    private Slot<?> slot;

    Round(List<Table<? extends Versioned, ?>> all) {
      tables = all.iterator();
      slot = new Slot<>(tables.next());
    }
  }

  /** A table, and where a walk stands in it. */
  private static final class Slot<K extends Versioned> {
    private final Table<K, ?> table;
    private final Walk<K> walk;

    Slot(Table<K, ?> table) {
      this.table = table;
      this.walk = new Walk<>(table);
    }

    /** Takes a step; returns whether there was one to take. */
    boolean step(EndedIndexes ended) {
      K key = walk.next();
      if (key == null) {
        return false;
      }
      if (ended.contains(key.version())) {
        table.remove(key);
      }
      return true;
    }
  }

  /**
   * @param forgetting by shard
   * @param tables what is to be forgotten of a version
   */
  public RetiredVersions(
      Table<Integer, Boolean> forgetting,
      EndedVersions ended,
      List<Table<? extends Versioned, ?>> tables) {
    this.forgetting = forgetting;
    this.ended = ended;
    this.tables = List.copyOf(tables);
  }

  /**
   * Takes in which versions had their time; returns those that are news. If there are any, {@link
   * #forgetSome} is to be called until it says no.
   */
  public List<Integer> add(int shard, EndedIndexes more) {
    List<Integer> over = ended.add(shard, more);
    if (!over.isEmpty()) {
      forgetting.put(shard, true);
      rounds.remove(shard); // it may be past what is to be forgotten now
    }
    return over;
  }

  /**
   * Takes a slice of the shard's walk.
   *
   * @return whether there is more to forget
   */
  public boolean forgetSome(int shard) {
    if (!forgetting.contains(shard)) {
      return false;
    }
    Round round = rounds.computeIfAbsent(shard, any -> new Round(tables));
    EndedIndexes versions = ended.of(shard);
    for (int seen = 0; seen < SEEN_PER_SLICE; seen++) {
      if (!round.slot.step(versions)) {
        if (!round.tables.hasNext()) {
          rounds.remove(shard);
          forgetting.remove(shard);
          return false;
        }
        round.slot = new Slot<>(round.tables.next());
      }
    }
    return true;
  }
}
