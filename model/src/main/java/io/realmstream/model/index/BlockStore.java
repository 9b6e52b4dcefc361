package io.realmstream.model.index;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Where the index lives: byte values by key, nothing else (no order, no ranges, no appends), so
 * that plain keyed state can be one.
 *
 * <p>Values are never changed after they were handed over, on either side. One thread at a time.
 */
public interface BlockStore {
  /**
   * The value last put under the key, or null when there is none: what remains of a buffer over an
   * array, so that a store need not copy what it reads.
   */
  @Nullable ByteBuffer get(BlockKey key);

  void put(BlockKey key, byte[] value);

  /** Forgets the key; nothing happens when there is no value. */
  void remove(BlockKey key);
}
