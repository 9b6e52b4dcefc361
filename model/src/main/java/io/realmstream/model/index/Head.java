package io.realmstream.model.index;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * What every search and every edit of a cell begins with: one value that is put, and one appended
 * for each edit since.
 *
 * <p>Layout of what is put, little-endian: 4 bytes, the length of the directory; the {@link
 * Directory}; the edits, a {@link PackedBlock}. An appended value is a {@link PackedBlock} of one
 * row.
 *
 * @param edits all edits since the last fold
 * @param appended how many edits were appended, superseded ones among them
 */
record Head(Directory directory, Delta edits, int appended) {
  /** Of the edits that a delta may have, those that a cell of one block takes. */
  private static final int SMALL_SHARE = 4;

  /**
   * Reads the stored form; none is the head of a new cell.
   *
   * @throws IllegalArgumentException when it has another dimension, or the store has damaged it
   */
  static Head read(List<ByteBuffer> stored, int dimension) {
    if (stored.isEmpty()) {
      return new Head(new Directory(null), Delta.empty(dimension, 0), 0);
    }
    ByteBuffer put = stored.get(0).order(ByteOrder.LITTLE_ENDIAN);
    int length = put.remaining() < Integer.BYTES ? -1 : put.getInt();
    if (length < 0 || length > put.remaining()) {
      throw new IllegalArgumentException("damaged head: " + put.limit() + " bytes");
    }
    byte[] entries = new byte[length];
    put.get(entries);
    Delta edits = new Delta(rows(put, dimension));
    List<PackedBlock> appended = new ArrayList<>(stored.size() - 1);
    for (ByteBuffer value : stored.subList(1, stored.size())) {
      PackedBlock edit = rows(value, dimension);
      if (edit.count() != 1) {
        throw new IllegalArgumentException("damaged edit: " + edit.count() + " rows");
      }
      appended.add(edit);
    }
    return new Head(new Directory(entries), edits.with(appended), appended.size());
  }

  private static PackedBlock rows(ByteBuffer stored, int dimension) {
    PackedBlock rows = new PackedBlock(stored);
    if (rows.dimension() != dimension) {
      throw new IllegalArgumentException(
          "a cell stored with %d dimensions, not %d".formatted(rows.dimension(), dimension));
    }
    return rows;
  }

  /** The form that is put: the edits are in it. */
  byte[] toBytes() {
    byte[] entries = directory.toBytes();
    byte[] rows = edits.rows().toBytes();
    ByteBuffer buffer = ByteBuffer.allocate(Integer.BYTES + entries.length + rows.length);
    buffer.order(ByteOrder.LITTLE_ENDIAN).putInt(entries.length);
    return buffer.put(entries).put(rows).array();
  }

  /** How many edits there may be: few in a cell of one block, whose folds are cheap. */
  int editsMax() {
    int most = Delta.rowsMax(edits.rows().dimension());
    return directory.blocks() <= 1 ? Math.max(1, most / SMALL_SHARE) : most;
  }

  /** Whether one more uid needs a fold first. */
  boolean isFull() {
    return edits.rows().count() >= editsMax();
  }

  /**
   * Whether the next edit is appended: not to a new cell, which has nothing that was put, and not
   * behind many that were superseded.
   */
  boolean takesAppends() {
    return directory.blocks() + edits.rows().count() > 0 && appended < editsMax();
  }

  /** As it is read after it was put. */
  Head whenPut() {
    return new Head(directory, edits, 0);
  }

  /** With an edit, which supersedes what there is of its uid. */
  Head with(Delta edit) {
    return new Head(directory, edits.with(edit), appended + 1);
  }
}
