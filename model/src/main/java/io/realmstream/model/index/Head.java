package io.realmstream.model.index;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * What every search and every edit of a cell begins with.
 *
 * <p>Layout, little-endian: 1 byte, 1 when there is a DELTA value; 4 bytes, the length of the
 * directory; the {@link Directory}; the newest edits, a {@link PackedBlock}.
 *
 * @param newest the last few edits, at most {@link #newestMax}
 * @param hasOlder whether the other edits since the last fold, if any, are in the DELTA value
 * @param edits all edits since the last fold, those of the DELTA value among them
 */
record Head(Directory directory, Delta newest, boolean hasOlder, Delta edits) {
  /** Of the edits that a delta may have, those stored in the head before they become older ones. */
  private static final int NEWEST_SHARE = 8;

  private static final int FIXED_BYTES = 1 + Integer.BYTES;

  /** Where the older edits are read when there are some. */
  interface Older {
    Delta read();
  }

  /**
   * Reads the stored form; null is the head of a new cell.
   *
   * @throws IllegalArgumentException when the store has damaged it
   */
  static Head read(@Nullable ByteBuffer stored, int dimension, Older older) {
    if (stored == null) {
      Delta none = Delta.empty(dimension, 0);
      return new Head(new Directory(null), none, false, none);
    }
    ByteBuffer buffer = stored.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    int flag = buffer.remaining() < FIXED_BYTES ? -1 : buffer.get();
    int length = flag < 0 ? -1 : buffer.getInt();
    if (flag < 0 || flag > 1 || length < 0 || length > buffer.remaining()) {
      throw new IllegalArgumentException("damaged head: " + stored.remaining() + " bytes");
    }
    byte[] entries = new byte[length];
    buffer.get(entries);
    Directory directory = new Directory(entries);
    Delta newest = new Delta(new PackedBlock(buffer));
    return new Head(directory, newest, flag == 1, flag == 1 ? older.read().with(newest) : newest);
  }

  byte[] toBytes() {
    byte[] entries = directory.toBytes();
    byte[] rows = newest.rows().toBytes();
    ByteBuffer buffer = ByteBuffer.allocate(FIXED_BYTES + entries.length + rows.length);
    buffer.order(ByteOrder.LITTLE_ENDIAN).put((byte) (hasOlder ? 1 : 0)).putInt(entries.length);
    return buffer.put(entries).put(rows).array();
  }

  /** How many edits the head takes before they become older ones. */
  static int newestMax(int dimension) {
    return Math.max(1, Delta.rowsMax(dimension) / NEWEST_SHARE);
  }

  /**
   * Whether one more uid needs a fold first. A cell of one block folds the newest edits into it at
   * once: they would take as many bytes as older ones, and be one more value to read.
   */
  boolean isFull() {
    int dimension = newest.rows().dimension();
    boolean isSmall = directory.blocks() <= 1;
    int most = isSmall ? newestMax(dimension) : Delta.rowsMax(dimension);
    return edits.rows().count() >= most;
  }

  /** With an edit, which supersedes what there is of its uid. */
  Head with(Row row) {
    Delta edit = Delta.of(row);
    return new Head(directory, newest.with(edit), hasOlder, edits.with(edit));
  }

  boolean isCrowded() {
    return newest.rows().count() > newestMax(newest.rows().dimension());
  }

  /** With all edits among the older ones. */
  Head aged() {
    return new Head(directory, edits.emptied(), true, edits);
  }

  /** With all edits in blocks that the directory has. */
  Head folded(Directory changed) {
    return new Head(changed, edits.emptied(), false, edits.emptied());
  }
}
