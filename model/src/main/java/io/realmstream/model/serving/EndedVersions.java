package io.realmstream.model.serving;

import io.realmstream.model.state.Table;
import io.realmstream.model.version.EndedIndexes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The versions that had their time, as a shard knows it. The version of a record is to be looked up
 * here first: what comes too late, a cell's acknowledgement for instance, would bring back an entry
 * that nobody forgets any more.
 *
 * <p>State, by shard: one entry ({@code ended}), whatever the number of versions.
 */
public final class EndedVersions {
  private final Table<Integer, EndedIndexes> state;

  /** The same on the heap, since every record asks; by shard. */
  private final Map<Integer, EndedIndexes> known = new HashMap<>();

  /**
   * @param state by shard
   */
  public EndedVersions(Table<Integer, EndedIndexes> state) {
    this.state = state;
  }

  /** Whether a version had its time on the shard of that number. */
  public boolean contains(int shard, int version) {
    return of(shard).contains(version);
  }

  /** What the shard of that number knows. */
  public EndedIndexes of(int shard) {
    EndedIndexes ended = known.get(shard);
    if (ended == null) {
      EndedIndexes stored = state.get(shard);
      ended = stored == null ? EndedIndexes.NONE : stored;
      known.put(shard, ended);
    }
    return ended;
  }

  /** Takes in what somebody else knows; returns the versions that had their time thereby. */
  public List<Integer> add(int shard, EndedIndexes more) {
    EndedIndexes before = of(shard);
    EndedIndexes after = before.and(more);
    if (!after.equals(before)) {
      state.put(shard, after);
      known.put(shard, after);
    }
    return after.since(before);
  }
}
