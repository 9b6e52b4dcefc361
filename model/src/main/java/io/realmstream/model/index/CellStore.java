package io.realmstream.model.index;

import io.realmstream.model.index.store.BlockKey;
import io.realmstream.model.index.store.BlockStore;
import io.realmstream.model.index.store.CellId;
import io.realmstream.model.index.vector.StoredVector;
import java.nio.ByteBuffer;
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

  private final CellId id;
  private final int dimension;
  private final BlockStore store;
  private final Cells.Room room;

  private @Nullable Head head;
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

  Head head() {
    if (head != null) {
      return head;
    }
    Head read = Head.read(store.get(key(BlockKey.HEAD, 0)), dimension);
    hold(read);
    return read;
  }

  void put(Head changed) {
    store.put(key(BlockKey.HEAD, 0), changed.toBytes());
    overlay = null;
    hold(changed.whenPut());
  }

  /** Adds an edit to the head, which must be that of {@link #head}. */
  void append(Head before, Delta edit) {
    Head changed = before.with(edit);
    if (!before.takesAppends()) {
      put(changed);
      return;
    }
    store.append(key(BlockKey.HEAD, 0), edit.rows().toBytes());
    overlay = null;
    hold(changed);
  }

  /** The edits, which must be those of {@link #head}, laid over the blocks. */
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
    store.put(key(BlockKey.BLOCK, number), block.toBytes());
    hold(number, block);
  }

  void removeBlock(int number) {
    store.remove(key(BlockKey.BLOCK, number));
    hold(number, null);
  }

  ByteBuffer vector(long number) {
    return present(key(BlockKey.VECTOR, number));
  }

  void putVector(long number, float[] vector) {
    store.put(key(BlockKey.VECTOR, number), StoredVector.pack(vector));
  }

  void removeVector(long number) {
    store.remove(key(BlockKey.VECTOR, number));
  }

  /** Removes what is neither block nor vector, and leaves the heap. */
  void removeHead() {
    store.remove(key(BlockKey.HEAD, 0));
    room.leave();
  }

  /** Holds nothing any more. */
  void forget() {
    head = null;
    overlay = null;
    blocks.clear();
  }

  private void hold(Head held) {
    int before = head == null ? 0 : bytes(head);
    head = null;
    if (room.claim(bytes(held) - before)) {
      head = held;
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

  private static int bytes(Head head) {
    return head.edits().rows().bytes().length;
  }

  private static long bytes(@Nullable PackedBlock block) {
    return block == null ? 0 : block.bytes().length + BLOCK_OVERHEAD_BYTES;
  }

  private ByteBuffer present(BlockKey key) {
    List<ByteBuffer> stored = store.get(key);
    if (stored.isEmpty()) {
      throw new IllegalStateException("the store has lost " + key);
    }
    return stored.get(0);
  }

  private BlockKey key(byte kind, long number) {
    return BlockKey.of(id, kind, number);
  }
}
