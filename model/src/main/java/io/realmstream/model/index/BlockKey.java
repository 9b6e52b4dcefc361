package io.realmstream.model.index;

/**
 * The key of one stored value of a cell.
 *
 * @param kind {@link #DELTA}, {@link #DIRECTORY}, {@link #BLOCK} or {@link #VECTOR}
 * @param number 0 for the first two kinds, the block's number, or the vector's number
 */
public record BlockKey(int version, int partition, int cell, byte kind, long number) {
  /** The edits since the last fold: one value a cell, written by every edit. */
  public static final byte DELTA = 0;

  /** Which blocks there are and which of their rows are dead: one value a cell. */
  public static final byte DIRECTORY = 1;

  /** A packed block of codes. */
  public static final byte BLOCK = 2;

  /** A float32 vector, for re-scoring. */
  public static final byte VECTOR = 3;

  static BlockKey of(CellId id, byte kind, long number) {
    return new BlockKey(id.version(), id.partition(), id.cell(), kind, number);
  }
}
