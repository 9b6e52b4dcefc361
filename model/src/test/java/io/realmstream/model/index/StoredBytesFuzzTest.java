package io.realmstream.model.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.realmstream.model.index.store.BlockKey;
import io.realmstream.model.index.store.CellId;
import io.realmstream.model.index.store.MapBlockStore;
import io.realmstream.model.index.vector.VectorFamily;
import io.realmstream.schemas.Hash128;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Stored blocks, edits and directories that were damaged: they are this code's own, so damage is a
 * machine's failure. It ends a search at once with an exception that says so, or gives hits; it
 * never loops and never asks for memory that the bytes do not have.
 */
class StoredBytesFuzzTest {
  private static final CellId ID = new CellId(1, 0, 0);
  private static final int DIMENSION = 8;
  private static final long SEED = 31;

  private final Random random = new Random(SEED);

  @Test
  void damagedValuesEndASearchOrGiveHits() {
    int ended = 0;
    for (int trial = 0; trial < 3_000; trial++) {
      MapBlockStore store = new MapBlockStore();
      Cell cell = filled(store);
      damage(store);
      Throwable thrown = catchThrowable(() -> cell.search(new float[DIMENSION], 5));
      if (thrown != null) {
        assertThat(thrown)
            .as("seed %d, trial %d", SEED, trial)
            .isInstanceOf(RuntimeException.class);
        ended++;
      }
    }
    assertThat(ended).isBetween(100, 2_999);
  }

  @Test
  void blockOfAnyOtherLengthThanItSaysIsRefused() {
    byte[] whole = PackedBlock.allocate(3, DIMENSION, 7).bytes();
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThat(catchThrowable(() -> new PackedBlock(ByteBuffer.wrap(cut))))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("damaged");
    }
    byte[] longer = Arrays.copyOf(whole, whole.length + 1);
    assertThat(catchThrowable(() -> new PackedBlock(ByteBuffer.wrap(longer))))
        .hasMessageContaining("damaged");
  }

  @Test
  void directoryOfAnyBytesIsReadOrRefused() {
    for (int trial = 0; trial < 20_000; trial++) {
      byte[] bytes = new byte[random.nextInt(40)];
      random.nextBytes(bytes);
      Throwable thrown = catchThrowable(() -> new Directory(bytes));
      if (thrown != null) {
        assertThat(thrown)
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("damaged");
      }
    }
  }

  /** One block, or one of 1,096 rows and one more. */
  private Cell filled(MapBlockStore store) {
    Cell cell = new Cells(store, 0).cell(ID, DIMENSION);
    int passages = random.nextInt(4) == 0 ? 1_300 : 100;
    for (int i = 0; i < passages; i++) {
      cell.insert(
          new IndexEntry(
              new Hash128(random.nextLong(), i), 1, 0, VectorFamily.GAUSSIAN.vector(random, 8)));
    }
    return cell;
  }

  /** Some bytes of one value changed, or its end cut off. */
  private void damage(MapBlockStore store) {
    BlockKey[] keys = {
      BlockKey.of(ID, BlockKey.BLOCK, 0),
      BlockKey.of(ID, BlockKey.HEAD, 0),
      BlockKey.of(ID, BlockKey.VECTOR, random.nextInt(100))
    };
    BlockKey key = keys[random.nextInt(keys.length)];
    List<byte[]> values = store.values().get(key);
    if (values == null) {
      return;
    }
    int number = random.nextInt(values.size());
    byte[] value = values.get(number);
    byte[] damaged = value.clone();
    if (random.nextInt(3) == 0) {
      damaged = Arrays.copyOf(value, random.nextInt(value.length));
    } else {
      for (int i = 0; i < 4; i++) {
        damaged[random.nextInt(Math.min(damaged.length, 64))] = (byte) random.nextInt(256);
      }
    }
    values.set(number, damaged);
  }
}
