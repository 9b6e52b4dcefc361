package io.realmstream.model.index;

import io.realmstream.model.index.store.BlockStore;
import io.realmstream.model.index.store.CellId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The cells of one block store, and the heap that they may use as a cache.
 *
 * <h2>Coherence</h2>
 *
 * All that is written to the store goes through the cells opened here, which hold what they wrote
 * (or read) in the form in which a search uses it: blocks, directory, delta, and which rows the
 * delta hides. So nothing is ever invalidated, only replaced by its writer or forgotten. The cache
 * begins empty, after a restore too, and fills with what is read. Whoever writes to the store by
 * another way must {@link #forget} the cell first.
 *
 * <h2>Which cells stay</h2>
 *
 * The unit is the cell: a search reads all of it. When there is no room, a cell takes that of
 * others that are used less than half as often, looking at a few of them in turn; if these do not
 * give enough, it is read through. Not the least recently used ones go, because exact searches use
 * all cells in turn: of slightly too many, such a cache would keep none, and this one keeps all
 * that fit. Uses fade: they are halved whenever each cell had its chance of sixteen.
 *
 * <p>Bounded by {@code heapBytesMax} for the values held, and by some 200 bytes for every cell ever
 * opened and not forgotten. Not thread-safe.
 */
public final class Cells {
  private static final int LOOKED_AT = 8;
  private static final int USES_BEFORE_FADING = 16;

  private final BlockStore store;
  private final long heapBytesMax;
  private final Map<CellId, Room> rooms = new HashMap<>();
  private final List<Room> taken = new ArrayList<>();
  private int hand;
  private long heapBytes;
  private long uses;
  private long heapReads;
  private long storeReads;

  /**
   * Opens a store.
   *
   * @param heapBytesMax how much of its contents to keep on the heap; 0 = nothing
   */
  public Cells(BlockStore store, long heapBytesMax) {
    this.store = store;
    this.heapBytesMax = heapBytesMax;
  }

  /**
   * Opens a cell for one operation; a new one needs nothing written first.
   *
   * @throws IllegalArgumentException when not even one row of that dimension fits a block, or when
   *     the cell was opened with another dimension before
   */
  public Cell cell(CellId id, int dimension) {
    return new Cell(contents(id, dimension));
  }

  CellStore contents(CellId id, int dimension) {
    Room room = rooms.get(id);
    if (room == null) {
      room = new Room();
      room.contents = new CellStore(id, dimension, store, room);
      rooms.put(id, room);
    } else if (room.contents.dimension() != dimension) {
      throw new IllegalArgumentException(
          "%s has %d dimensions, not %d".formatted(id, room.contents.dimension(), dimension));
    }
    room.use();
    return room.contents;
  }

  /** Drops what is held of a cell; its state stays as it is. */
  public void forget(CellId id) {
    Room room = rooms.remove(id);
    if (room != null) {
      room.leave();
    }
  }

  /** Bytes of blocks and deltas on the heap. */
  public long heapBytes() {
    return heapBytes;
  }

  /** How many blocks were found on the heap so far. */
  public long heapReads() {
    return heapReads;
  }

  /** How many blocks were read out of the store so far. */
  public long storeReads() {
    return storeReads;
  }

  /** One cell's part of the heap. */
  final class Room {
    @SuppressWarnings("NullAway.Init") // set right after construction
    private CellStore contents;

    private long bytes;
    private int usesOfLate;
    private int position = -1;
    private boolean isOpen;

    private Room() {}

    private void use() {
      isOpen = heapBytesMax > 0;
      usesOfLate++;
      if (++uses >= (long) USES_BEFORE_FADING * rooms.size()) {
        uses = 0;
        rooms.values().forEach(room -> room.usesOfLate /= 2);
      }
    }

    /**
     * Asks to hold more bytes, or fewer when {@code change} is negative.
     *
     * @return false when the contents may not be held, and were forgotten
     */
    boolean claim(long change) {
      if (!isOpen) {
        return false;
      }
      if (position < 0) {
        position = taken.size();
        taken.add(this);
      }
      bytes += change;
      heapBytes += change;
      for (int i = 0; heapBytes > heapBytesMax && i < LOOKED_AT; i++) {
        hand = hand + 1 < taken.size() ? hand + 1 : 0;
        Room other = taken.get(hand);
        if (2 * other.usesOfLate < usesOfLate) {
          other.leave();
        }
      }
      if (heapBytes > heapBytesMax) {
        leave();
      }
      return isOpen;
    }

    void countRead(boolean fromHeap) {
      if (fromHeap) {
        heapReads++;
      } else {
        storeReads++;
      }
    }

    /** Gives up all of it until the cell is opened again. */
    void leave() {
      isOpen = false;
      heapBytes -= bytes;
      bytes = 0;
      contents.forget();
      if (position >= 0) {
        Room last = taken.remove(taken.size() - 1);
        if (last != this) {
          taken.set(position, last);
          last.position = position;
        }
        position = -1;
      }
    }
  }
}
