package io.realmstream.jobs;

import io.realmstream.model.serving.Sharding;
import io.realmstream.schemas.Hash128;
import java.io.Serializable;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.util.function.SerializableFunction;

/**
 * The shard numbers 0 .. count - 1 of documents and cells, and the Flink key of each.
 *
 * <p>Count equals the maximum parallelism and shard s has the one key that Flink's hash puts into
 * key group s: so shards spread evenly, and a rescale moves whole shards.
 */
public final class Shards implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int[] keys;

  public Shards(int count) {
    keys = new int[count];
    boolean[] found = new boolean[count];
    int missing = count;
    for (int key = 0; missing > 0; key++) {
      int group = KeyGroupRangeAssignment.assignToKeyGroup(key, count);
      if (!found[group]) {
        found[group] = true;
        keys[group] = key;
        missing--;
      }
    }
  }

  public int count() {
    return keys.length;
  }

  /** How many shards a subtask has. */
  public int of(int subtask, int subtasks) {
    return KeyGroupRangeAssignment.computeKeyGroupRangeForOperatorIndex(count(), subtasks, subtask)
        .getNumberOfKeyGroups();
  }

  /** The Flink key of a shard. */
  public Integer key(int shard) {
    return keys[shard];
  }

  /** The shard of a Flink key. */
  public int ofKey(Integer key) {
    return KeyGroupRangeAssignment.assignToKeyGroup(key, keys.length);
  }

  /** Keys records by the shard that {@code shard} tells. */
  public <T> KeySelector<T, Integer> by(SerializableFunction<T, Integer> shard) {
    return record -> key(shard.apply(record));
  }

  /** All shard numbers, which are also the cells of a flat partition. */
  public int[] all() {
    return sharding().all();
  }

  /** The shard that keeps a cell of any partition. */
  public int ofCell(int cell) {
    return sharding().ofCell(cell);
  }

  /** The shard that keeps a document. */
  public int ofDocument(String id) {
    return sharding().ofDocument(id);
  }

  /** The shard of a hash, for instance the cell shard of a uid in a flat partition. */
  public int of(Hash128 hash) {
    return sharding().of(hash);
  }

  /** The same without Flink's keys. */
  public Sharding sharding() {
    return new Sharding(keys.length);
  }
}
