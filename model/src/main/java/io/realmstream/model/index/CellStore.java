package io.realmstream.model.index;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The values of one cell in its {@link BlockStore}, by their kind; held on the heap once read or
 * written, as far as its room in {@link Cells} allows.
 */
final class CellStore {
  /** Of a held block beside its bytes: objects, and bits for its dead rows. */
  private static final int BLOCK_OVERHEAD_BYTES = 256;

  /** Of the edits that a delta may have, those stored beside it before they are made part of it. */
  private static final int NEWEST_SHARE = 8;

  private final CellId id;
  private final int dimension;
  private final BlockStore store;
  private final Cells.Room room;

  private @Nullable Delta delta;
  private @Nullable Delta newest;
  private @Nullable Directory directory;
  private @Nullable Overlay overlay;
  private final List<@Nullable PackedBlock> blocks = new ArrayList<>();

  CellStore(CellId id, int dimension, BlockStore store, Cells.Room room) {
    if (dimension < 1 || PackedBlock.capacity(dimension) < 1) {
      throw new IllegalArgumentException("no index of dimension " + dimension);
    }
    this.id = id;
    this.dimension = dimension;
    this.store = store;
    this.room = room;
  }

  int dimension() {
    return dimension;
  }

  /** The edits since the last fold: those stored as such, and over them the newest few. */
  Delta delta() {
    if (delta != null) {
      return delta;
    }
    Delta read = readDelta(BlockKey.DELTA).with(newest());
    hold(read);
    return read;
  }

  /** Adds an edit, which supersedes what the delta has of its uid. */
  void edit(Row row) {
    Delta edit = Delta.of(row);
    Delta changed = delta().with(edit);
    Delta few = newest().with(edit);
    if (few.rows().count() > Delta.rowsMax(dimension) / NEWEST_SHARE) {
      putDelta(changed);
    } else {
      store.put(key(BlockKey.NEWEST, 0), few.rows().bytes());
      hold(changed);
      holdNewest(few);
    }
    overlay = null;
  }

  /** Puts a delta in place of all edits. */
  void putDelta(Delta changed) {
    store.put(key(BlockKey.DELTA, 0), changed.rows().bytes());
    store.remove(key(BlockKey.NEWEST, 0));
    overlay = null;
    hold(changed);
    holdNewest(Delta.empty(dimension, 0));
  }

  private Delta newest() {
    if (newest != null) {
      return newest;
    }
    Delta read = readDelta(BlockKey.NEWEST);
    holdNewest(read);
    return read;
  }

  private Delta readDelta(byte kind) {
    byte[] stored = store.get(key(kind, 0));
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

  Directory directory() {
    if (directory != null) {
      return directory;
    }
    Directory read = new Directory(store.get(key(BlockKey.DIRECTORY, 0)));
    hold(read);
    return read;
  }

  void putDirectory(Directory changed) {
    store.put(key(BlockKey.DIRECTORY, 0), changed.toBytes());
    overlay = null;
    hold(changed);
  }

  /** The delta, which must be {@link #delta}, laid over the blocks. */
  Overlay overlay(Delta laid) {
    if (overlay != null) {
      return overlay;
    }
    Overlay fresh = new Overlay(laid);
    if (room.claim(0)) {
      overlay = fresh;
    }
    return fresh;
  }

  PackedBlock block(int number) {
    PackedBlock held = number < blocks.size() ? blocks.get(number) : null;
    room.countRead(held != null);
    if (held != null) {
      return held;
    }
    PackedBlock read = new PackedBlock(present(key(BlockKey.BLOCK, number)));
    hold(number, read);
    return read;
  }

  void putBlock(int number, PackedBlock block) {
    store.put(key(BlockKey.BLOCK, number), block.bytes());
    hold(number, block);
  }

  void removeBlock(int number) {
    store.remove(key(BlockKey.BLOCK, number));
    hold(number, null);
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

  /** Removes what is not of a block, and leaves the heap. */
  void removeDeltaAndDirectory() {
    store.remove(key(BlockKey.DELTA, 0));
    store.remove(key(BlockKey.NEWEST, 0));
    store.remove(key(BlockKey.DIRECTORY, 0));
    room.leave();
  }

  /** Holds nothing any more. */
  void forget() {
    delta = null;
    newest = null;
    directory = null;
    overlay = null;
    blocks.clear();
  }

  private void hold(Delta held) {
    int before = delta == null ? 0 : delta.rows().bytes().length;
    delta = null;
    if (room.claim(held.rows().bytes().length - before)) {
      delta = held;
    }
  }

  private void holdNewest(Delta held) {
    int before = newest == null ? 0 : newest.rows().bytes().length;
    newest = null;
    if (room.claim(held.rows().bytes().length - before)) {
      newest = held;
    }
  }

  private void hold(Directory held) {
    if (room.claim(0)) {
      directory = held;
    }
  }

  private void hold(int number, @Nullable PackedBlock block) {
    PackedBlock before = number < blocks.size() ? blocks.set(number, null) : null;
    if (room.claim(bytes(block) - bytes(before)) && block != null) {
      while (blocks.size() <= number) {
        blocks.add(null);
      }
      blocks.set(number, block);
    }
  }

  private static long bytes(@Nullable PackedBlock block) {
    return block == null ? 0 : block.bytes().length + BLOCK_OVERHEAD_BYTES;
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
