package io.realmstream.model.index.store;

import java.nio.ByteBuffer;

/**
 * The key of one stored value of a cell.
 *
 * @param kind {@link #HEAD}, {@link #BLOCK} or {@link #VECTOR}
 * @param number the block's or the vector's number, 0 for the other kinds
 */
public record BlockKey(int version, int partition, int cell, byte kind, long number) {
  /** Which blocks there are, which of their rows are dead, and the edits since the last fold. */
  public static final byte HEAD = 1;

  /** A packed block of codes. */
  public static final byte BLOCK = 2;

  /** A float32 vector, for re-scoring. */
  public static final byte VECTOR = 3;

  private static final int BYTES = 3 * Integer.BYTES + Byte.BYTES + Long.BYTES;

  /** As stored: the components in their order, big-endian, so that a cell's values lie together. */
  public byte[] toBytes() {
    ByteBuffer bytes = ByteBuffer.allocate(BYTES);
    return bytes.putInt(version).putInt(partition).putInt(cell).put(kind).putLong(number).array();
  }

  public static BlockKey of(CellId id, byte kind, long number) {
    return new BlockKey(id.version(), id.partition(), id.cell(), kind, number);
  }
}
