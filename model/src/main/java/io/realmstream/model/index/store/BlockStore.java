package io.realmstream.model.index.store;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * Where the index lives: byte values by key, to which others can be appended; nothing else (no
 * order, no ranges), so that plain keyed state can be one.
 *
 * <p>Values are never changed after they were handed over, on either side. One thread at a time.
 */
public interface BlockStore {
  /**
   * The value last put under the key, and those appended since, in their order; none when there is
   * none. Each is what remains of a buffer over an array, so that a store need not copy what it
   * reads.
   */
  List<ByteBuffer> get(BlockKey key);

  /** Replaces all values of the key by one. */
  void put(BlockKey key, byte[] value);

  /** Adds a value to those of the key, without reading them. */
  void append(BlockKey key, byte[] value);

  /** Forgets the key; nothing happens when there is no value. */
  void remove(BlockKey key);
}
