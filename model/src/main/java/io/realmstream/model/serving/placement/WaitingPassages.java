package io.realmstream.model.serving.placement;

import io.realmstream.model.serving.VersionedPassage;
import io.realmstream.model.state.Table;
import io.realmstream.model.state.Walk;
import io.realmstream.schemas.Hash128;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;

/**
 * The passages of a shard that came while the centroids of a partition of their version were
 * awaited, and are in no cell since then.
 *
 * <p>State, by shard: one entry such a passage, the edit that brought it ({@code waiting}).
 */
public final class WaitingPassages {
  private final Table<VersionedPassage, Hash128> waiting;
  private final Map<Integer, Walk<VersionedPassage>> walks = new HashMap<>();

  /** Shards of which nothing need be looked at before {@link #lookAgain}. */
  private final Set<Integer> seen = new HashSet<>();

  /**
   * @param waiting by passage: the edit that brought it
   */
  public WaitingPassages(Table<VersionedPassage, Hash128> waiting) {
    this.waiting = waiting;
  }

  Table<VersionedPassage, Hash128> table() {
    return waiting;
  }

  void add(VersionedPassage passage, Hash128 edit) {
    waiting.put(passage, edit);
  }

  /** Less is awaited than before: walks begin again. */
  void lookAgain() {
    walks.clear();
    seen.clear();
  }

  /** Whether {@link #take} has not seen all yet. */
  boolean hasMore(int number) {
    return walks.containsKey(number);
  }

  /**
   * Takes some of those whose version has all its centroids.
   *
   * @param number of the shard
   * @param most how many at most
   * @param seenMax how many are looked at
   */
  Map<VersionedPassage, Hash128> take(int number, int most, int seenMax, IntPredicate isAwaited) {
    if (seen.contains(number)) {
      return Map.of();
    }
    Walk<VersionedPassage> walk = walks.computeIfAbsent(number, any -> new Walk<>(waiting));
    Map<VersionedPassage, Hash128> taken = new LinkedHashMap<>();
    for (int looked = 0; looked < seenMax && taken.size() < most; looked++) {
      VersionedPassage passage = walk.next();
      if (passage == null) {
        walks.remove(number);
        seen.add(number);
        break;
      }
      if (!isAwaited.test(passage.version())) {
        taken.put(passage, waiting.get(passage));
      }
    }
    for (VersionedPassage passage : taken.keySet()) {
      waiting.remove(passage);
    }
    return taken;
  }
}
