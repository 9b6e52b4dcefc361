package io.realmstream.deploy.cli.bert;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes tables as LevelDB does: keys share beginnings, a few entries a block. */
final class SavedTable {
  private static final int ENTRIES_A_BLOCK = 5;

  private SavedTable() {}

  static byte[] write(Map<String, byte[]> entries) {
    ByteArrayOutputStream table = new ByteArrayOutputStream();
    Map<String, byte[]> handles = new LinkedHashMap<>();
    Map<String, byte[]> block = new LinkedHashMap<>();
    int left = entries.size();
    for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
      block.put(entry.getKey(), entry.getValue());
      if (block.size() == ENTRIES_A_BLOCK || --left == 0) {
        handles.put(entry.getKey(), block(table, block));
        block = new LinkedHashMap<>();
      }
    }
    if (!block.isEmpty()) {
      handles.put("~", block(table, block));
    }
    byte[] meta = block(table, Map.of());
    byte[] index = block(table, handles);
    ByteBuffer footer = ByteBuffer.allocate(48);
    footer.put(meta).put(index);
    table.writeBytes(footer.array());
    return table.toByteArray();
  }

  /** Appends a block with its trailer; returns its handle. */
  private static byte[] block(ByteArrayOutputStream table, Map<String, byte[]> entries) {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    byte[] last = new byte[0];
    for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
      byte[] key = entry.getKey().getBytes(StandardCharsets.UTF_8);
      int shared = 0;
      while (shared < Math.min(key.length, last.length) && key[shared] == last[shared]) {
        shared++;
      }
      varint(block, shared);
      varint(block, key.length - shared);
      varint(block, entry.getValue().length);
      block.write(key, shared, key.length - shared);
      block.writeBytes(entry.getValue());
      last = key;
    }
    ByteBuffer restarts = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    block.writeBytes(restarts.putInt(0).putInt(1).array());
    ByteArrayOutputStream handle = new ByteArrayOutputStream();
    varint(handle, table.size());
    varint(handle, block.size());
    table.writeBytes(block.toByteArray());
    table.writeBytes(new byte[5]);
    return handle.toByteArray();
  }

  private static void varint(ByteArrayOutputStream out, int value) {
    int rest = value;
    while (rest >= 0x80) {
      out.write((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    out.write(rest);
  }
}
