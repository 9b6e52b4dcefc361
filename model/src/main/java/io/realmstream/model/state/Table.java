package io.realmstream.model.state;

import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A map in keyed state, under the key that is current: in the jobs Flink's, in tests the heap.
 *
 * <p>An iterator may have read some entries ahead. It must not be kept while the table changes,
 * other than through the iterator; who has to rest takes a {@link Walk}.
 */
public interface Table<K, V> {
  /** The value of a key; null = there is none. */
  @Nullable V get(K key);

  /** Sets the value of a key. */
  void put(K key, V value);

  /** Whether a key has a value. */
  boolean contains(K key);

  /** Removes a key and its value, if it is there. */
  void remove(K key);

  /** The keys, in an order that only the table knows; removes through the iterator. */
  Iterator<K> keys();

  /** The entries, in the order of the keys. */
  Iterator<Map.Entry<K, V>> entries();

  /** Whether there is no entry. */
  default boolean isEmpty() {
    return !keys().hasNext();
  }
}
