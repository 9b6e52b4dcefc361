package io.realmstream.model.index.store;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A block store on the heap. */
public final class MapBlockStore implements BlockStore {
  private final Map<BlockKey, List<byte[]>> values = new HashMap<>();

  @Override
  public List<ByteBuffer> get(BlockKey key) {
    return values.getOrDefault(key, List.of()).stream().map(ByteBuffer::wrap).toList();
  }

  @Override
  public void put(BlockKey key, byte[] value) {
    values.put(key, new ArrayList<>(List.of(value)));
  }

  @Override
  public void append(BlockKey key, byte[] value) {
    values.computeIfAbsent(key, missing -> new ArrayList<>()).add(value);
  }

  @Override
  public void remove(BlockKey key) {
    values.remove(key);
  }

  public Map<BlockKey, List<byte[]>> values() {
    return values;
  }
}
