package io.realmstream.model.index;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A block store on the heap. */
public final class MapBlockStore implements BlockStore {
  private final Map<BlockKey, byte[]> values = new HashMap<>();

  @Override
  public @Nullable ByteBuffer get(BlockKey key) {
    byte[] value = values.get(key);
    return value == null ? null : ByteBuffer.wrap(value);
  }

  @Override
  public void put(BlockKey key, byte[] value) {
    values.put(key, value);
  }

  @Override
  public void remove(BlockKey key) {
    values.remove(key);
  }

  Map<BlockKey, byte[]> values() {
    return values;
  }
}
