package io.realmstream.model.state;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A table on the heap whose iterators are as treacherous as RocksDB's: they read {@value #AHEAD}
 * entries at a time and seek on from the last one returned.
 */
public final class HeapTable<K, V> implements Table<K, V> {
  static final int AHEAD = 128;

  private final NavigableMap<K, V> map;

  /** In the natural order of the keys. */
  public HeapTable() {
    map = new TreeMap<>();
  }

  /** In the order of what keys look like, for those that have no natural one. */
  public static <K, V> HeapTable<K, V> byText() {
    return new HeapTable<>(new TreeMap<>(Comparator.comparing(Object::toString)));
  }

  private HeapTable(NavigableMap<K, V> map) {
    this.map = map;
  }

  @Override
  public @Nullable V get(K key) {
    return map.get(key);
  }

  @Override
  public void put(K key, V value) {
    map.put(key, value);
  }

  @Override
  public boolean contains(K key) {
    return map.containsKey(key);
  }

  @Override
  public void remove(K key) {
    map.remove(key);
  }

  @Override
  public Iterator<K> keys() {
    Iterator<Map.Entry<K, V>> entries = entries();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return entries.hasNext();
      }

      @Override
      public K next() {
        return entries.next().getKey();
      }

      @Override
      public void remove() {
        entries.remove();
      }
    };
  }

  @Override
  public Iterator<Map.Entry<K, V>> entries() {
    return new AheadIterator();
  }

  /** How many entries there are. */
  public int size() {
    return map.size();
  }

  private final class AheadIterator implements Iterator<Map.Entry<K, V>> {
    private final Deque<Map.Entry<K, V>> ahead = new ArrayDeque<>();
    private Map.@Nullable Entry<K, V> last;
    private boolean removed;

    @Override
    public boolean hasNext() {
      if (ahead.isEmpty()) {
        read();
      }
      return !ahead.isEmpty();
    }

    @Override
    public Map.Entry<K, V> next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      last = ahead.remove();
      removed = false;
      return last;
    }

    @Override
    public void remove() {
      if (last == null || removed) {
        throw new IllegalStateException("nothing to remove");
      }
      map.remove(last.getKey());
      removed = true;
    }

    private void read() {
      Map.Entry<K, V> from = last;
      int skipped = from == null || removed ? 0 : 1;
      (from == null ? map : map.tailMap(from.getKey(), true))
          .entrySet().stream()
              .skip(skipped)
              .limit(AHEAD)
              .map(entry -> Map.entry(entry.getKey(), entry.getValue()))
              .forEach(ahead::add);
    }
  }
}
