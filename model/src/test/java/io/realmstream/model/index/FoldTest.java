package io.realmstream.model.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.model.index.store.BlockKey;
import io.realmstream.model.index.store.CellId;
import io.realmstream.model.index.store.MapBlockStore;
import io.realmstream.schemas.Hash128;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class FoldTest {
  private static final CellId ID = new CellId(1, 0, 0);

  /** Blocks, and so deltas, of 12 rows. */
  private static final int DIMENSION = 5_000;

  private static final int CAPACITY = 12;

  private final MapBlockStore store = new MapBlockStore();
  private final Cell cell = new Cells(store, 0).cell(ID, DIMENSION);

  @Test
  void aCellOfOneBlockFoldsAFewEdits() {
    int smallMax = CAPACITY / 4;
    insert(0, smallMax);
    insert(0, smallMax);
    assertThat(blockRows()).as("replays are not new").isEmpty();

    insert(smallMax, 1);
    assertThat(blockRows()).containsExactly(smallMax);
  }

  @Test
  void editsOfOneUidAreNeitherFoldedNorPiledUp() {
    cell.delete(uid(2), 2);
    for (int revision = 1; revision <= 100; revision++) {
      cell.insert(new IndexEntry(uid(1), revision, 0, new float[DIMENSION]));
      assertThat(stored(BlockKey.HEAD)).hasSizeLessThanOrEqualTo(1 + CAPACITY / 4);
    }
    cell.insert(new IndexEntry(uid(2), 1, 0, new float[DIMENSION]));
    assertThat(blockRows()).as("so the delete is not forgotten").isEmpty();
    assertThat(search()).isEqualTo(1);
    assertThat(vectors()).isEqualTo(1);
  }

  @Test
  void aCellOfManyBlocksFoldsAFullDelta() {
    insert(0, CAPACITY + 1);
    fold();
    assertThat(blockRows()).containsExactly(CAPACITY, 1);

    insert(100, CAPACITY);
    insert(100, CAPACITY);
    assertThat(blockRows()).as("replays are not new").containsExactly(CAPACITY, 1);

    insert(200, 1);
    assertThat(blockRows()).containsExactly(CAPACITY, CAPACITY, 1);
  }

  @Test
  void blocksFillOneAfterTheOther() {
    insert(0, 5);
    fold();
    assertThat(blockRows()).containsExactly(5);

    insert(100, CAPACITY - 5);
    fold();
    assertThat(blockRows()).containsExactly(CAPACITY);

    insert(200, 1);
    fold();
    assertThat(blockRows()).containsExactly(CAPACITY, 1);
  }

  @Test
  void aTenthDeadIsMarkedAndMoreIsPackedAnew() {
    insert(0, CAPACITY);
    fold();
    byte[] full = block(0);

    cell.delete(uid(3), 2);
    fold();
    assertThat(block(0)).as("1 of 12 is dead").isSameAs(full);
    assertThat(directory().dead(0).stream()).containsExactly(3);
    assertThat(vectors()).isEqualTo(CAPACITY - 1);

    cell.delete(uid(4), 2);
    fold();
    assertThat(blockRows()).containsExactly(CAPACITY - 2);
    assertThat(directory().dead(0).isEmpty()).isTrue();
  }

  @Test
  void insertsFillTheRoomOfTheDead() {
    insert(0, CAPACITY);
    insert(100, CAPACITY);
    insert(200, 3);
    fold();
    assertThat(blockRows()).containsExactly(CAPACITY, CAPACITY, 3);

    for (int i = 0; i < 6; i++) {
      cell.delete(uid(i), 2);
    }
    insert(300, 3);
    fold();
    assertThat(blockRows()).containsExactly(CAPACITY, CAPACITY);
  }

  @Test
  void freeNumbersInTheMiddleAreUsedAgain() {
    insert(0, CAPACITY);
    fold();
    insert(100, CAPACITY);
    fold();
    for (int i = 0; i < CAPACITY; i++) {
      cell.delete(uid(i), 2);
    }
    fold();
    assertThat(directory().count(0)).isZero();
    assertThat(search()).isEqualTo(CAPACITY);

    insert(200, 1);
    fold();
    assertThat(blockRows()).containsExactly(1, CAPACITY);
  }

  @Test
  void aReplayFromBeforeTheFoldKeepsTheBlocksRow() {
    insert(0, CAPACITY);
    fold();
    byte[] full = block(0);

    insert(0, CAPACITY);
    assertThat(search()).isEqualTo(CAPACITY);
    fold();
    assertThat(block(0)).isSameAs(full);
    assertThat(vectors()).isEqualTo(CAPACITY);
  }

  /** Folds as the operation does when there is no room, but at once. */
  private void fold() {
    CellStore cellStore = new Cells(store, 0).contents(ID, DIMENSION);
    new Fold(cellStore, cellStore.head()).run();
  }

  private void insert(int firstUid, int count) {
    for (int i = 0; i < count; i++) {
      float[] vector = new float[DIMENSION];
      vector[0] = firstUid + i;
      cell.insert(new IndexEntry(uid(firstUid + i), 1, 0, vector));
    }
  }

  private int search() {
    float[] query = new float[DIMENSION];
    query[0] = 1;
    return cell.search(query, 1_000).hits().size();
  }

  private Directory directory() {
    return new Cells(store, 0).contents(ID, DIMENSION).head().directory();
  }

  private byte[] block(int number) {
    return new Cells(store, 0).contents(ID, DIMENSION).block(number).bytes();
  }

  private List<Integer> blockRows() {
    return stored(BlockKey.BLOCK).stream()
        .map(block -> new PackedBlock(ByteBuffer.wrap(block)).count())
        .toList();
  }

  private int vectors() {
    return stored(BlockKey.VECTOR).size();
  }

  /** The values of a kind, by number. */
  private List<byte[]> stored(byte kind) {
    return store.values().entrySet().stream()
        .filter(values -> values.getKey().kind() == kind)
        .sorted(Comparator.comparingLong(values -> values.getKey().number()))
        .flatMap(values -> values.getValue().stream())
        .toList();
  }

  private static Hash128 uid(int number) {
    return new Hash128(number, 0);
  }
}
