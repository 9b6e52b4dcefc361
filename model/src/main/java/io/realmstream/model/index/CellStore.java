package io.realmstream.model.index;

import org.jspecify.annotations.Nullable;

/**
 * The values of one cell in its {@link BlockStore}, by their kind. A cache of blocks would stand
 * between this class and the store.
 */
final class CellStore {
  private final CellId id;
  private final int dimension;
  private final BlockStore store;

  CellStore(CellId id, int dimension, BlockStore store) {
    this.id = id;
    this.dimension = dimension;
    this.store = store;
  }

  Delta delta() {
    byte[] stored = store.get(key(BlockKey.DELTA, 0));
    if (stored == null) {
      return Delta.empty(dimension, 0);
    }
    PackedBlock rows = new PackedBlock(stored);
    if (rows.dimension() != dimension) {
      throw new IllegalArgumentException(
          "%s is stored with %d dimensions, not %d".formatted(id, rows.dimension(), dimension));
    }
    return new Delta(rows);
  }

  void putDelta(Delta delta) {
    store.put(key(BlockKey.DELTA, 0), delta.rows().bytes());
  }

  Directory directory() {
    return new Directory(store.get(key(BlockKey.DIRECTORY, 0)));
  }

  void putDirectory(Directory directory) {
    store.put(key(BlockKey.DIRECTORY, 0), directory.toBytes());
  }

  PackedBlock block(int number) {
    return new PackedBlock(present(key(BlockKey.BLOCK, number)));
  }

  void putBlock(int number, PackedBlock block) {
    store.put(key(BlockKey.BLOCK, number), block.bytes());
  }

  void removeBlock(int number) {
    store.remove(key(BlockKey.BLOCK, number));
  }

  byte[] vector(long number) {
    return present(key(BlockKey.VECTOR, number));
  }

  void putVector(long number, float[] vector) {
    store.put(key(BlockKey.VECTOR, number), StoredVector.pack(vector));
  }

  void removeVector(long number) {
    store.remove(key(BlockKey.VECTOR, number));
  }

  private byte[] present(BlockKey key) {
    byte @Nullable [] stored = store.get(key);
    if (stored == null) {
      throw new IllegalStateException("the store has lost " + key);
    }
    return stored;
  }

  private BlockKey key(byte kind, long number) {
    return BlockKey.of(id, kind, number);
  }
}
