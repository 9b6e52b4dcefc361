package io.realmstream.deploy.cli.bert;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LevelTableTest {
  /**
   * A block of the entries "ab" = "x" and "ac" = "yz" (which shares its first letter), an empty
   * block of meta data, the block that lists the first one, and the footer; each number one byte.
   */
  private static final int[] BY_HAND = {
    0, 2, 1, 'a', 'b', 'x', 1, 1, 2, 'c', 'y', 'z', 0, 0, 0, 0, 1, 0, 0, 0, // offset 0, length 20
    0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, // offset 25, length 8
    0, 0, 0, 0, 0, 0, 2, 2, 'a', 'c', 0, 20, 0, 0, 0, 0, 1, 0, 0, 0, // offset 38, length 15
    0, 0, 0, 0, 0, 25, 8, 38, 15
  };

  private static final int FOOTER_BYTES = 48;

  @Test
  void tableByHandIsRead() throws IOException {
    assertThat(texts(LevelTable.read(byHand()))).isEqualTo(Map.of("ab", "x", "ac", "yz"));
  }

  @Test
  void entriesOfManyBlocksAreRead() throws IOException {
    Map<String, byte[]> entries = new TreeMap<>();
    for (int i = 0; i < 500; i++) {
      entries.put(
          "module/layer_%03d/kernel".formatted(i), ("value " + i).repeat(i).getBytes(UTF_8));
    }

    Map<String, ByteBuffer> read = LevelTable.read(SavedTable.write(entries));

    assertThat(read.keySet()).containsExactlyElementsOf(entries.keySet());
    read.forEach((key, value) -> assertThat(bytes(value)).as(key).isEqualTo(entries.get(key)));
  }

  @Test
  void compressedBlockIsRefused() {
    byte[] table = byHand();
    table[20] = 1; // the first block's trailer

    refused(table);
  }

  @Test
  void whatIsNoTableIsRefused() {
    refused(new byte[0]);
    refused(new byte[FOOTER_BYTES - 1]);
    refused("This is a text that is longer than a footer, but is no table.".getBytes(UTF_8));
  }

  @Test
  void tableThatIsCutOffIsRefused() {
    byte[] table = byHand();

    refused(Arrays.copyOf(table, table.length - 1));
    refused(Arrays.copyOfRange(table, 10, table.length));
  }

  private static byte[] byHand() {
    byte[] table = new byte[BY_HAND.length - 4 + FOOTER_BYTES];
    for (int i = 0; i < BY_HAND.length; i++) {
      table[i] = (byte) BY_HAND[i];
    }
    return table;
  }

  private static Map<String, String> texts(Map<String, ByteBuffer> entries) {
    Map<String, String> texts = new TreeMap<>();
    entries.forEach((key, value) -> texts.put(key, new String(bytes(value), UTF_8)));
    return texts;
  }

  private static byte[] bytes(ByteBuffer value) {
    byte[] bytes = new byte[value.remaining()];
    value.duplicate().get(bytes);
    return bytes;
  }

  private static void refused(byte[] table) {
    assertThatThrownBy(() -> LevelTable.read(table))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("not an uncompressed LevelDB table");
  }
}
