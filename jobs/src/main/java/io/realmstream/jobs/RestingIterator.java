package io.realmstream.jobs;

import java.util.Iterator;

/**
 * An iterator over a map state that may rest between steps while the map changes.
 *
 * <p>RocksDB's map iterators read some entries at a time, and seek on from the last one returned.
 * If that one has been removed meanwhile, other than through the iterator, they step over the entry
 * behind it. So this one reads on before it returns an entry, while that is still there.
 *
 * @param <T> keys or entries; an entry may be as old as the last reading
 */
public final class RestingIterator<T> implements Iterator<T> {
  private final Iterator<T> entries;
  private boolean more;

  public RestingIterator(Iterable<T> entries) {
    this.entries = entries.iterator();
    this.more = this.entries.hasNext();
  }

  @Override
  public boolean hasNext() {
    return more;
  }

  @Override
  public T next() {
    T next = entries.next();
    more = entries.hasNext();
    return next;
  }
}
