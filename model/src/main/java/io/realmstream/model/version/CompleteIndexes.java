package io.realmstream.model.version;

import io.realmstream.model.state.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Which shards are complete in which index: one entry each, as long as the index has not had its
 * time.
 */
public final class CompleteIndexes {
  /** State key: a document shard that has all its documents in an index. */
  public record CompleteShard(int index, int shard) implements Comparable<CompleteShard> {
    @Override
    public int compareTo(CompleteShard other) {
      return index == other.index
          ? Integer.compare(shard, other.shard)
          : Integer.compare(index, other.index);
    }
  }

  private final Table<CompleteShard, Boolean> complete;
  private final int shards;

  /**
   * @param shards how many make an index complete
   */
  public CompleteIndexes(Table<CompleteShard, Boolean> complete, int shards) {
    this.complete = complete;
    this.shards = shards;
  }

  /** A shard is complete; returns whether its index is, now. */
  public boolean add(int index, int shard) {
    complete.put(new CompleteShard(index, shard), true);
    return isComplete(index);
  }

  /** Whether all shards are. */
  public boolean isComplete(int index) {
    for (int shard = 0; shard < shards; shard++) {
      if (!complete.contains(new CompleteShard(index, shard))) {
        return false;
      }
    }
    return true;
  }

  /** The indexes that are complete. */
  public SortedSet<Integer> all() {
    SortedSet<Integer> indexes = new TreeSet<>();
    complete
        .keys()
        .forEachRemaining(
            key -> {
              if (key.shard() == 0 && isComplete(key.index())) {
                indexes.add(key.index());
              }
            });
    return indexes;
  }

  /** Forgets the indexes that had their time. */
  public void forget(EndedIndexes ended) {
    forget(key -> ended.contains(key.index()));
  }

  /** Something of a shard was lost: it is complete in no index until it is said again. */
  public void lose(int shard) {
    forget(key -> key.shard() == shard);
  }

  private void forget(Predicate<CompleteShard> over) {
    List<CompleteShard> gone = new ArrayList<>();
    complete
        .keys()
        .forEachRemaining(
            key -> {
              if (over.test(key)) {
                gone.add(key);
              }
            });
    gone.forEach(complete::remove);
  }
}
