package io.realmstream.model.index;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which blocks a cell has, how many rows each holds, and which of these are dead.
 *
 * <p>Layout, little-endian: for each block number from 0 on, its row count n (2 bytes; 0 says that
 * the number is free), then ceil(n / 8) bytes, the bit i % 8 of byte i / 8 set when row i is dead.
 */
final class Directory {
  private final List<Integer> counts = new ArrayList<>();
  private final List<BitSet> dead = new ArrayList<>();

  /**
   * Reads the stored form; null is the directory of a new cell.
   *
   * @throws IllegalArgumentException when the store has damaged it
   */
  Directory(byte @Nullable [] stored) {
    if (stored == null) {
      return;
    }
    ByteBuffer buffer = ByteBuffer.wrap(stored).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining()) {
      int count = buffer.remaining() < Short.BYTES ? -1 : buffer.getShort();
      if (count < 0 || bytesFor(count) > buffer.remaining()) {
        throw new IllegalArgumentException("damaged directory: " + stored.length + " bytes");
      }
      byte[] bits = new byte[bytesFor(count)];
      buffer.get(bits);
      counts.add(count);
      dead.add(BitSet.valueOf(bits));
    }
  }

  byte[] toBytes() {
    int length = 0;
    for (int number = 0; number < blocks(); number++) {
      length += Short.BYTES + bytesFor(count(number));
    }
    ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    for (int number = 0; number < blocks(); number++) {
      int count = count(number);
      buffer.putShort((short) count);
      int behind = buffer.position() + bytesFor(count);
      if (!dead(number).isEmpty()) {
        buffer.put(dead(number).toByteArray());
      }
      buffer.position(behind);
    }
    return buffer.array();
  }

  /** Block numbers are below this; some of them may be free. */
  int blocks() {
    return counts.size();
  }

  /** How many rows a block has, 0 when its number is free. */
  int count(int number) {
    return counts.get(number);
  }

  BitSet dead(int number) {
    return dead.get(number);
  }

  void setDead(int number, BitSet rows) {
    dead.set(number, rows);
  }

  /** Enters a new block of that many rows under the smallest free number, which it returns. */
  int add(int count) {
    int number = counts.indexOf(0);
    if (number < 0) {
      counts.add(count);
      dead.add(new BitSet());
      return counts.size() - 1;
    }
    counts.set(number, count);
    return number;
  }

  void free(int number) {
    counts.set(number, 0);
    dead.set(number, new BitSet());
  }

  /** Forgets the free numbers at the end. */
  void trim() {
    while (!counts.isEmpty() && counts.get(counts.size() - 1) == 0) {
      counts.remove(counts.size() - 1);
      dead.remove(dead.size() - 1);
    }
  }

  private static int bytesFor(int count) {
    return (count + Byte.SIZE - 1) / Byte.SIZE;
  }
}
