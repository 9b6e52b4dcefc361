package io.realmstream.deploy.cli.bert;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads a sorted table of keys and values in LevelDB's file format: blocks of entries whose keys
 * share beginnings, a block that lists these blocks, and a footer that points to it. Compressed
 * blocks are refused; TensorFlow writes none.
 */
final class LevelTable {
  private static final int FOOTER_BYTES = 48;

  /** Behind each block: one byte for the kind of compression, four for a checksum. */
  private static final int TRAILER_BYTES = 5;

  private final ByteBuffer table;

  private LevelTable(ByteBuffer table) {
    this.table = table;
  }

  /**
   * All entries, by key.
   *
   * @throws IOException when the bytes are no such table
   */
  static Map<String, ByteBuffer> read(byte[] bytes) throws IOException {
    try {
      return new LevelTable(ByteBuffer.wrap(bytes)).entries();
    } catch (RuntimeException e) {
      throw new IOException("not an uncompressed LevelDB table: " + e.getMessage(), e);
    }
  }

  private Map<String, ByteBuffer> entries() {
    ByteBuffer footer = table.slice(table.capacity() - FOOTER_BYTES, FOOTER_BYTES);
    block(footer); // of meta data, which TensorFlow leaves empty
    Map<String, ByteBuffer> entries = new LinkedHashMap<>();
    for (ByteBuffer handle : entries(block(footer)).values()) {
      entries.putAll(entries(block(handle)));
    }
    return entries;
  }

  /** The block that a handle points to: offset and length. */
  private ByteBuffer block(ByteBuffer handle) {
    int offset = varint(handle);
    int length = varint(handle);
    if (table.slice(offset + length, TRAILER_BYTES).get() != 0) {
      throw new IllegalStateException("a block is compressed");
    }
    return table.slice(offset, length).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static Map<String, ByteBuffer> entries(ByteBuffer block) {
    int restarts = block.getInt(block.capacity() - Integer.BYTES);
    block.limit(block.capacity() - Integer.BYTES * (1 + restarts));
    Map<String, ByteBuffer> entries = new LinkedHashMap<>();
    byte[] key = new byte[0];
    while (block.hasRemaining()) {
      int shared = varint(block);
      int own = varint(block);
      int valueBytes = varint(block);
      byte[] next = new byte[shared + own];
      System.arraycopy(key, 0, next, 0, shared);
      block.get(next, shared, own);
      entries.put(
          new String(next, StandardCharsets.UTF_8), block.slice(block.position(), valueBytes));
      block.position(block.position() + valueBytes);
      key = next;
    }
    return entries;
  }

  /** Seven bits a byte, the lowest first; the highest bit says that more follow. */
  private static int varint(ByteBuffer bytes) {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      byte next = bytes.get();
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return Math.toIntExact(value);
      }
    }
    throw new IllegalStateException("a number does not end");
  }
}
