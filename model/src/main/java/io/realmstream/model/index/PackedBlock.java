package io.realmstream.model.index;

import io.realmstream.schemas.Hash128;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Rows of codes in one byte array, read in place: a block of the index, or its delta.
 *
 * <p>Layout, little-endian, n rows of dimension d, column after column:
 *
 * <pre>
 *   offset      bytes  column
 *   0           4      n
 *   4           4      d
 *   8           8      next vector number (delta; 0 in a block)
 *   16          16 n   uid: high 8 bytes, low 8 bytes
 *   16 + 16 n   8 n    sequence
 *   16 + 24 n   8 n    vector number; -1 says DELETE (delta only)
 *   16 + 32 n   4 n    document shard
 *   16 + 36 n   4 n    alpha, float32
 *   16 + 40 n   4 n    error, float32, rounded up
 *   16 + 44 n   4 n    norm, float32, rounded up
 *   16 + 48 n   d n    codes
 * </pre>
 *
 * <p>A block is at most {@link #BYTES_MAX} long: 142 rows at 384 dimensions. Written once by {@link
 * #set} or {@link #copy} into a fresh one, never changed when it has been stored.
 */
final class PackedBlock {
  static final int BYTES_MAX = 60 * 1024;
  static final long DELETED = -1;

  private static final int HEAD_BYTES = 16;
  private static final int UID = 0;
  private static final int SEQUENCE = 16;
  private static final int VECTOR = 24;
  private static final int SHARD = 32;
  private static final int ALPHA = 36;
  private static final int ERROR = 40;
  private static final int NORM = 44;
  private static final int CODES = 48;
  private static final int[] COLUMNS = {UID, SEQUENCE, VECTOR, SHARD, ALPHA, ERROR, NORM, CODES};

  private static final VarHandle INT = view(int[].class);
  private static final VarHandle LONG = view(long[].class);
  private static final VarHandle FLOAT = view(float[].class);

  private final byte[] bytes;

  /** Where in the bytes it begins. */
  private final int start;

  private final int count;
  private final int dimension;

  /** Largest error and norm of any row; found out when they are first asked for. */
  private float errorMax = -1;

  private float normMax;

  /**
   * Reads a stored block in place.
   *
   * @param stored what remains of it
   * @throws IllegalArgumentException when the bytes are not as long as their head says: the store
   *     has damaged them
   */
  PackedBlock(ByteBuffer stored) {
    this(stored.array(), stored.arrayOffset() + stored.position(), stored.remaining());
  }

  private PackedBlock(byte[] bytes, int start, int length) {
    this.bytes = bytes;
    this.start = start;
    boolean headed = length >= HEAD_BYTES;
    this.count = headed ? (int) INT.get(bytes, start) : -1;
    this.dimension = headed ? (int) INT.get(bytes, start + 4) : -1;
    long expected = length(count, dimension);
    if (count < 0 || dimension < 0 || length != expected) {
      throw new IllegalArgumentException(
          "damaged block: %d bytes, %d rows of dimension %d".formatted(length, count, dimension));
    }
  }

  /** A block whose rows are still to be written. */
  static PackedBlock allocate(int count, int dimension, long nextVector) {
    byte[] bytes = new byte[(int) length(count, dimension)];
    INT.set(bytes, 0, count);
    INT.set(bytes, 4, dimension);
    LONG.set(bytes, 8, nextVector);
    return new PackedBlock(bytes, 0, bytes.length);
  }

  private static long length(int count, int dimension) {
    return HEAD_BYTES + (long) count * (CODES + (long) dimension);
  }

  /** How many rows fit a block. */
  static int capacity(int dimension) {
    return (BYTES_MAX - HEAD_BYTES) / (CODES + dimension);
  }

  /** The array that holds it. */
  byte[] bytes() {
    return bytes;
  }

  /** As it is stored. */
  byte[] toBytes() {
    int length = (int) length(count, dimension);
    return length == bytes.length ? bytes : Arrays.copyOfRange(bytes, start, start + length);
  }

  int count() {
    return count;
  }

  int dimension() {
    return dimension;
  }

  long nextVector() {
    return (long) LONG.get(bytes, start + 8);
  }

  Hash128 uid(int i) {
    return new Hash128(uidHigh(i), uidLow(i));
  }

  /** The first half of the uid, enough to tell that two differ. */
  long uidHigh(int i) {
    return (long) LONG.get(bytes, at(UID, Hash128.BYTES, i));
  }

  long uidLow(int i) {
    return (long) LONG.get(bytes, at(UID, Hash128.BYTES, i) + Long.BYTES);
  }

  long sequence(int i) {
    return (long) LONG.get(bytes, at(SEQUENCE, Long.BYTES, i));
  }

  long vector(int i) {
    return (long) LONG.get(bytes, at(VECTOR, Long.BYTES, i));
  }

  boolean isDelete(int i) {
    return vector(i) == DELETED;
  }

  int documentShard(int i) {
    return (int) INT.get(bytes, at(SHARD, Integer.BYTES, i));
  }

  float alpha(int i) {
    return (float) FLOAT.get(bytes, at(ALPHA, Float.BYTES, i));
  }

  float error(int i) {
    return (float) FLOAT.get(bytes, at(ERROR, Float.BYTES, i));
  }

  float norm(int i) {
    return (float) FLOAT.get(bytes, at(NORM, Float.BYTES, i));
  }

  /** No row's error is larger. The rows must have been written. */
  float errorMax() {
    if (errorMax < 0) {
      findMaxima();
    }
    return errorMax;
  }

  /** No row's norm is larger. The rows must have been written. */
  float normMax() {
    if (errorMax < 0) {
      findMaxima();
    }
    return normMax;
  }

  private void findMaxima() {
    float error = 0;
    for (int i = 0; i < count; i++) {
      error = Math.max(error, error(i));
      normMax = Math.max(normMax, norm(i));
    }
    errorMax = error;
  }

  /**
   * Where the codes of row 0 begin in {@link #bytes}; those of row i follow i * dimension later.
   */
  int codesOffset() {
    return at(CODES, dimension, 0);
  }

  void set(int i, Row row) {
    LONG.set(bytes, at(UID, Hash128.BYTES, i), row.uid().high());
    LONG.set(bytes, at(UID, Hash128.BYTES, i) + 8, row.uid().low());
    LONG.set(bytes, at(SEQUENCE, Long.BYTES, i), row.sequence());
    LONG.set(bytes, at(VECTOR, Long.BYTES, i), row.vector());
    INT.set(bytes, at(SHARD, Integer.BYTES, i), row.documentShard());
    FLOAT.set(bytes, at(ALPHA, Float.BYTES, i), row.code().alpha());
    FLOAT.set(bytes, at(ERROR, Float.BYTES, i), row.code().error());
    FLOAT.set(bytes, at(NORM, Float.BYTES, i), row.code().norm());
    System.arraycopy(row.code().codes(), 0, bytes, at(CODES, dimension, i), dimension);
  }

  /**
   * Copies {@code rows} rows of another block, from its row {@code first} on, to row {@code to}.
   */
  void copy(int to, PackedBlock from, int first, int rows) {
    for (int column = 0; column < COLUMNS.length; column++) {
      int start = COLUMNS[column];
      int width = start == CODES ? dimension : COLUMNS[column + 1] - start;
      int source = from.at(start, width, first);
      System.arraycopy(from.bytes, source, bytes, at(start, width, to), rows * width);
    }
  }

  /** Where a column's row is; {@code column} bytes of every row lie in the columns before it. */
  private int at(int column, int width, int i) {
    return start + HEAD_BYTES + column * count + i * width;
  }

  private static VarHandle view(Class<?> arrayClass) {
    return MethodHandles.byteArrayViewVarHandle(arrayClass, ByteOrder.LITTLE_ENDIAN);
  }
}
