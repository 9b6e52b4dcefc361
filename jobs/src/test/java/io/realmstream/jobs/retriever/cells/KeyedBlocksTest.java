package io.realmstream.jobs.retriever.cells;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.jobs.state.KeyedStateHarness;
import io.realmstream.model.index.store.BlockKey;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KeyedBlocksTest {
  private static final BlockKey HEAD = new BlockKey(1, 0, 3, BlockKey.HEAD, 0);
  private static final BlockKey BLOCK = new BlockKey(1, 0, 3, BlockKey.BLOCK, 0);
  private static final BlockKey VECTOR = new BlockKey(1, 0, 3, BlockKey.VECTOR, 0);

  private KeyedStateHarness state;
  private KeyedBlocks blocks;

  @BeforeEach
  void open() throws Exception {
    state = new KeyedStateHarness();
    blocks = blocks();
  }

  @AfterEach
  void close() {
    state.close();
  }

  @Test
  void keyWithoutAValueHasNone() {
    assertThat(blocks.get(HEAD)).isEmpty();
  }

  @Test
  void valueIsReadAsItWasWrittenHoweverLongItIs() {
    // ',' is what RocksDB's lists have between two values
    byte[] commas = {',', ',', 0, 0, 0, 1, ','};
    for (byte[] value : List.of(new byte[0], new byte[1], commas, new byte[1 << 20])) {
      blocks.put(BLOCK, value);
      assertThat(read(BLOCK)).containsExactly(value);
    }
  }

  @Test
  void appendedValuesComeBehindThePutOneInTheirOrder() {
    blocks.put(HEAD, new byte[] {1});
    blocks.append(HEAD, new byte[] {2, ',', 2});
    blocks.append(HEAD, new byte[0]);
    blocks.append(HEAD, new byte[] {3});
    assertThat(read(HEAD))
        .containsExactly(new byte[] {1}, new byte[] {2, ',', 2}, new byte[0], new byte[] {3});
  }

  @Test
  void anAppendNeedsNoValueBeforeIt() {
    blocks.append(HEAD, new byte[] {7});
    assertThat(read(HEAD)).containsExactly(new byte[] {7});
  }

  @Test
  void putReplacesWhatWasAppendedToo() {
    blocks.put(HEAD, new byte[] {1});
    blocks.append(HEAD, new byte[] {2});
    blocks.put(HEAD, new byte[] {3});
    assertThat(read(HEAD)).containsExactly(new byte[] {3});
  }

  @Test
  void removedKeyIsEmptyAndOthersStay() {
    blocks.put(HEAD, new byte[] {1});
    blocks.put(BLOCK, new byte[] {2});
    blocks.put(VECTOR, new byte[] {3});
    blocks.remove(BLOCK);
    blocks.remove(new BlockKey(9, 9, 9, BlockKey.VECTOR, 9));
    assertThat(read(BLOCK)).isEmpty();
    assertThat(read(HEAD)).containsExactly(new byte[] {1});
    assertThat(read(VECTOR)).containsExactly(new byte[] {3});
  }

  @Test
  void everyPartOfTheKeyTellsValuesApart() {
    List<BlockKey> keys =
        List.of(
            BLOCK,
            new BlockKey(2, 0, 3, BlockKey.BLOCK, 0),
            new BlockKey(1, 1, 3, BlockKey.BLOCK, 0),
            new BlockKey(1, 0, 4, BlockKey.BLOCK, 0),
            new BlockKey(1, 0, 3 + KeyedStateHarness.SHARDS.count(), BlockKey.BLOCK, 0),
            new BlockKey(1, 0, 3, BlockKey.HEAD, 0),
            new BlockKey(1, 0, 3, BlockKey.VECTOR, 0),
            new BlockKey(1, 0, 3, BlockKey.BLOCK, 1L << 40));
    for (int i = 0; i < keys.size(); i++) {
      blocks.put(keys.get(i), new byte[] {(byte) i});
    }
    for (int i = 0; i < keys.size(); i++) {
      assertThat(read(keys.get(i))).containsExactly(new byte[] {(byte) i});
    }
  }

  /** So that a search finds heads and blocks among few keys. */
  @Test
  void vectorsAloneHaveAStateOfTheirOwn() {
    blocks.put(HEAD, new byte[1]);
    blocks.put(BLOCK, new byte[1]);
    blocks.put(VECTOR, new byte[1]);
    assertThat(keys(KeyedBlocks.BLOCKS)).hasSize(2);
    assertThat(keys(KeyedBlocks.VECTORS)).hasSize(1);
  }

  /** A cell's values move with its shard when the job is rescaled. */
  @Test
  void valueLiesUnderTheKeyOfItsCellsShard() {
    BlockKey key = new BlockKey(1, 1, 3 + KeyedStateHarness.SHARDS.count(), BlockKey.BLOCK, 0);
    state.shard(5);
    blocks.put(key, new byte[1]);
    assertThat(keys(KeyedBlocks.BLOCKS)).containsExactly(KeyedStateHarness.SHARDS.key(3));
  }

  @Test
  void readIsRightWhateverKeyIsCurrentAndLeavesItCurrent() {
    blocks.put(BLOCK, new byte[] {7});
    state.shard(5);
    assertThat(read(BLOCK)).containsExactly(new byte[] {7});
    assertThat(state.operator().getCurrentKey()).isEqualTo(KeyedStateHarness.SHARDS.key(5));
  }

  @Test
  void allValuesOfAListSurviveARestore() throws Exception {
    blocks.put(HEAD, new byte[] {1});
    blocks.append(HEAD, new byte[] {2});
    blocks.put(VECTOR, new byte[] {3});
    state.restore();
    blocks = blocks();
    assertThat(read(HEAD)).containsExactly(new byte[] {1}, new byte[] {2});
    assertThat(read(VECTOR)).containsExactly(new byte[] {3});
    blocks.append(HEAD, new byte[] {4});
    assertThat(read(HEAD)).containsExactly(new byte[] {1}, new byte[] {2}, new byte[] {4});
  }

  private KeyedBlocks blocks() throws Exception {
    return KeyedBlocks.of(
        list(KeyedBlocks.BLOCKS),
        list(KeyedBlocks.VECTORS),
        state.operator(),
        KeyedStateHarness.SHARDS);
  }

  private ListState<byte[]> list(ListStateDescriptor<byte[]> descriptor) throws Exception {
    KeyedStateBackend<Integer> backend = state.operator().getKeyedStateBackend();
    return backend.getOrCreateKeyedState(KeyedBlocks.NAMESPACE, descriptor);
  }

  /** The Flink key of each entry. */
  private List<Integer> keys(ListStateDescriptor<byte[]> descriptor) {
    KeyedStateBackend<Integer> backend = state.operator().getKeyedStateBackend();
    try (Stream<Tuple2<Integer, byte[]>> keys =
        backend.getKeysAndNamespaces(descriptor.getName())) {
      return keys.map(key -> key.f0).toList();
    }
  }

  private List<byte[]> read(BlockKey key) {
    return blocks.get(key).stream().map(KeyedBlocksTest::bytes).toList();
  }

  private static byte[] bytes(ByteBuffer value) {
    byte[] bytes = new byte[value.remaining()];
    value.get(bytes);
    return bytes;
  }
}
