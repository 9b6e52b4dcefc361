package io.realmstream.model.serving.cell;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * How many vectors of a cell shard came lately, or are to be deleted: each may stand before a
 * question's best in the cells and in no current revision. So many more hits are fetched, or an
 * edit of a few passages would crowd out what stands.
 *
 * <p>Only in memory, and bounded: {@value #COUNTED_MAX} a shard. After a restore, which forgets it,
 * that many are assumed until all that was to be deleted is gone.
 */
public final class RecentChanges {
  /** More than the edits of some seconds have; a bulk load has more, and nobody waits for it. */
  public static final int COUNTED_MAX = 256;

  private final long windowMs;
  private final long unknownUntilMs;
  private final Map<Integer, Map<Integer, Deque<Long>>> byVersion = new HashMap<>();

  /**
   * @param windowMs for how long a change counts; 0 = nothing counts
   * @param unknownUntilMs until when there may be changes that this has not seen
   */
  public RecentChanges(long windowMs, long unknownUntilMs) {
    this.windowMs = windowMs;
    this.unknownUntilMs = unknownUntilMs;
  }

  /** Notes that a vector came, or is to be deleted. */
  public void change(int version, int shard, long nowMs) {
    if (windowMs > 0) {
      Deque<Long> changes =
          byVersion
              .computeIfAbsent(version, unseen -> new HashMap<>())
              .computeIfAbsent(shard, unseen -> new ArrayDeque<>());
      changes.add(nowMs);
      if (changes.size() > COUNTED_MAX) {
        changes.remove();
      }
    }
  }

  /** A version had its time on a shard. */
  public void forget(int version, int shard) {
    Map<Integer, Deque<Long>> shards = byVersion.get(version);
    if (shards != null) {
      shards.remove(shard);
      if (shards.isEmpty()) {
        byVersion.remove(version);
      }
    }
  }

  /** Of one shard. */
  public int of(int version, int shard, long nowMs) {
    if (nowMs < unknownUntilMs) {
      return COUNTED_MAX;
    }
    Deque<Long> changes = byVersion.getOrDefault(version, Map.of()).get(shard);
    while (changes != null && !changes.isEmpty() && changes.element() <= nowMs - windowMs) {
      changes.remove();
    }
    return changes == null ? 0 : changes.size();
  }

  /** Of all shards of the subtask, at most {@value #COUNTED_MAX}. */
  public int of(int version, long nowMs) {
    int count = nowMs < unknownUntilMs ? COUNTED_MAX : 0;
    for (Integer shard : byVersion.getOrDefault(version, Map.of()).keySet()) {
      count += of(version, shard, nowMs);
    }
    return Math.min(count, COUNTED_MAX);
  }
}
