package io.realmstream.model.state;

import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * A walk over a table's keys that may rest after any step while the table changes. It sees each key
 * once that stands from its beginning to its end, none that is gone, and of those that come
 * meanwhile perhaps some.
 *
 * <p>RocksDB's map iterators read 128 entries at a time and seek on from the one returned last. If
 * that one was removed after it had been read, other than through the iterator, they step over the
 * entry behind it. So a walk looks whether each entry still stands, removes through the iterator
 * what does not, and reads on before it rests.
 *
 * @param <K> keys
 */
public final class Walk<K> {
  private final Table<K, ?> table;
  private final Iterator<K> keys;
  private boolean more;

  /** Begins at the first key; the current key of the table must be the same at every step. */
  public Walk(Table<K, ?> table) {
    this.table = table;
    this.keys = table.keys();
    this.more = keys.hasNext();
  }

  /** The next key that stands; null = there is none. */
  public @Nullable K next() {
    while (more) {
      K key = keys.next();
      boolean stands = table.contains(key);
      if (!stands) {
        keys.remove();
      }
      more = keys.hasNext();
      if (stands) {
        return key;
      }
    }
    return null;
  }
}
