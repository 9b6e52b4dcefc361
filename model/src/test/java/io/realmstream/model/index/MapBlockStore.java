package io.realmstream.model.index;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A block store on the heap. */
public final class MapBlockStore implements BlockStore {
  private final Map<BlockKey, byte[]> values = new HashMap<>();

  @Override
  public byte @Nullable [] get(BlockKey key) {
    return values.get(key);
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
