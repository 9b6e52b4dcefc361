package io.realmstream.model.index;

import org.jspecify.annotations.Nullable;

/**
 * Where the index lives: byte values by key, nothing else (no order, no ranges, no appends), so
 * that a plain keyed map state can be one.
 *
 * <p>Values are never changed after they were handed over, on either side. One thread at a time.
 */
public interface BlockStore {
  /** The value last put under the key, or null when there is none. */
  byte @Nullable [] get(BlockKey key);

  void put(BlockKey key, byte[] value);

  /** Forgets the key; nothing happens when there is no value. */
  void remove(BlockKey key);
}
