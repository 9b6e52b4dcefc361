package io.realmstream.jobs.updater.documents;

import io.realmstream.model.state.Table;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A table in Flink's map state under one Flink key, whichever is current.
 *
 * @param table under the key that is current
 * @param key makes its own key the current one
 */
record KeyedTable<K, V>(Table<K, V> table, Runnable key) implements Table<K, V> {
  @Override
  public @Nullable V get(K of) {
    key.run();
    return table.get(of);
  }

  @Override
  public void put(K of, V value) {
    key.run();
    table.put(of, value);
  }

  @Override
  public boolean contains(K of) {
    key.run();
    return table.contains(of);
  }

  @Override
  public void remove(K of) {
    key.run();
    table.remove(of);
  }

  @Override
  public Iterator<K> keys() {
    key.run();
    return table.keys();
  }

  @Override
  public Iterator<Map.Entry<K, V>> entries() {
    key.run();
    return table.entries();
  }
}
