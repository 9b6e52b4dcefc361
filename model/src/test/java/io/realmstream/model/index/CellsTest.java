package io.realmstream.model.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.realmstream.model.index.store.CellId;
import io.realmstream.model.index.store.MapBlockStore;
import io.realmstream.model.index.topk.Hit;
import io.realmstream.model.index.topk.Hits;
import io.realmstream.model.index.topk.SearchLimit;
import io.realmstream.model.index.topk.SearchResult;
import io.realmstream.model.index.vector.VectorFamily;
import io.realmstream.schemas.Hash128;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the heap may and may not do: answers never depend on it. */
class CellsTest {
  private static final int DIMENSION = 1_000;

  /** Rows of a full block. */
  private static final int CAPACITY = PackedBlock.capacity(DIMENSION);

  private final MapBlockStore store = new MapBlockStore();
  private final Random random = new Random(5);

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 50_000, 200_000, 1_000_000, Long.MAX_VALUE})
  void whateverTheRoomEverySearchEqualsOneThatReadsTheStore(long heapBytesMax) {
    Cells cells = new Cells(store, heapBytesMax);
    for (int step = 0; step < 1_500; step++) {
      int cell = random.nextInt(6);
      Hash128 uid = uid(random.nextInt(250));
      if (random.nextInt(3) == 0) {
        cell(cells, cell).delete(uid, step);
      } else {
        cell(cells, cell).insert(new IndexEntry(uid, step, 0, vector()));
      }
      if (step % 10 == 0) {
        float[] query = vector();
        int searched = random.nextInt(6);
        assertThat(cell(cells, searched).search(query, 5))
            .isEqualTo(cell(new Cells(store, 0), searched).search(query, 5));
      }
      assertThat(cells.heapBytes()).isBetween(0L, heapBytesMax);
    }
  }

  @Test
  void whatIsHeldIsNotReadAgain() {
    fill(3, 2 * CAPACITY);
    Cells cells = new Cells(store, Long.MAX_VALUE);
    cell(cells, 3).search(vector(), 5);
    assertThat(cells.heapReads()).isZero();
    assertThat(cells.storeReads()).isEqualTo(2);

    cell(cells, 3).search(vector(), 5);
    assertThat(cells.heapReads()).isEqualTo(2);
    assertThat(cells.storeReads()).isEqualTo(2);
  }

  @Test
  void aFoldReplacesWhatIsHeldWithoutReadingIt() {
    Cells cells = new Cells(store, Long.MAX_VALUE);
    for (int i = 0; i < 4 * CAPACITY; i++) {
      cell(cells, 0).insert(new IndexEntry(uid(i), 1, 0, vector()));
    }
    for (int i = 0; i < 2 * CAPACITY; i++) {
      cell(cells, 0).delete(uid(i), 2);
    }
    assertThat(cell(cells, 0).search(vector(), 1_000).hits()).hasSize(2 * CAPACITY);
    assertThat(cells.storeReads()).isZero();
    // three blocks and a full delta
    assertThat(cells.heapBytes()).isLessThan(4L * CAPACITY * (DIMENSION + 60));
  }

  @Test
  void ofSlightlyTooManyCellsSearchedInTurnMostStay() {
    for (int cell = 0; cell < 10; cell++) {
      fill(cell, CAPACITY);
    }
    Cells cells = new Cells(store, 9 * 62_000);
    for (int round = 0; round < 20; round++) {
      for (int cell = 0; cell < 10; cell++) {
        cell(cells, cell).search(vector(), 5);
      }
    }
    assertThat(cells.storeReads()).isLessThanOrEqualTo(10 + 2 * 20);
  }

  @Test
  void aCellUsedOftenTakesTheRoomOfOneThatIsNot() {
    fill(0, CAPACITY);
    fill(1, CAPACITY);
    Cells cells = new Cells(store, 70_000);
    cell(cells, 0).search(vector(), 5);
    for (int i = 0; i < 40; i++) {
      cell(cells, 1).search(vector(), 5);
    }
    assertThat(cells.heapReads()).isGreaterThan(30);
  }

  @Test
  void aForgottenCellIsReadAgain() {
    fill(0, CAPACITY);
    Cells cells = new Cells(store, Long.MAX_VALUE);
    cell(cells, 0).search(vector(), 5);
    cells.forget(id(0));
    assertThat(cells.heapBytes()).isZero();

    cell(cells, 0).search(vector(), 5);
    assertThat(cells.heapReads()).isZero();
  }

  @Test
  void aClearedCellLeavesNothingBehind() {
    fill(1, 10);
    var others = store.values().keySet().stream().toList();
    Cells cells = new Cells(store, Long.MAX_VALUE);
    for (int i = 0; i < 3 * CAPACITY; i++) {
      cell(cells, 0).insert(new IndexEntry(uid(i), 1, 0, vector()));
    }
    for (int i = 0; i < CAPACITY + 5; i++) {
      cell(cells, 0).delete(uid(i), 2);
    }
    assertThat(cell(cells, 0).clear(Integer.MAX_VALUE)).isFalse();

    assertThat(store.values().keySet()).containsExactlyInAnyOrderElementsOf(others);
    assertThat(cells.heapBytes()).isZero();
    assertThat(cell(cells, 0).search(vector(), 5).hits()).isEmpty();
  }

  @Test
  void searchesTogetherFindWhatEachFindsAlone() {
    List<Search> together = new ArrayList<>();
    List<float[]> queries = new ArrayList<>();
    for (int i = 0; i < 11; i++) {
      queries.add(vector());
      together.add(new Search(queries.get(i), SearchLimit.ofHits(1 + i)));
    }
    fill(0, 3 * CAPACITY + 7);
    Cells cells = new Cells(store, 0);
    cell(cells, 0).scan(together);

    for (int i = 0; i < together.size(); i++) {
      assertThat(together.get(i).best()).isEqualTo(cell(cells, 0).search(queries.get(i), 1 + i));
    }
  }

  @Test
  void aSearchThroughManyCellsReScoresNoMoreThanItMust() {
    PlainIndex plain = new PlainIndex();
    Cells cells = new Cells(store, 0);
    for (int i = 0; i < 800; i++) {
      IndexEntry entry = new IndexEntry(uid(i), 1, 0, vector());
      cell(cells, i % 16).insert(entry);
      plain.insert(entry);
    }
    float[] query = vector();
    Search search = new Search(query, SearchLimit.ofHits(5));
    List<List<Hit>> parts = new ArrayList<>();
    long reScored = 0;
    for (int cell = 0; cell < 16; cell++) {
      cell(cells, cell).scan(List.of(search));
      SearchResult part = search.best();
      assertThat(part.scanned()).isEqualTo(50);
      parts.add(part.hits());
      reScored += part.reScored();
    }
    assertThat(Hits.merge(parts, 5)).isEqualTo(plain.search(query, 5));
    assertThat(reScored).as("16 searches of their own re-score 80 and more").isLessThan(60);
  }

  @Test
  void aCellKeepsItsDimension() {
    Cells cells = new Cells(store, 1_000);
    fill(0, 1);
    cell(cells, 0).search(vector(), 1);

    assertThatThrownBy(() -> cells.cell(id(0), 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("has 1000 dimensions, not 3");
  }

  /** The first {@code count} uids, folded but for a delta. */
  private void fill(int cell, int count) {
    Cells writer = new Cells(store, Long.MAX_VALUE);
    for (int i = 0; i < count; i++) {
      cell(writer, cell).insert(new IndexEntry(uid(i), 1, 0, vector()));
    }
    CellStore contents = writer.contents(id(cell), DIMENSION);
    new Fold(contents, contents.head()).run();
  }

  private float[] vector() {
    return VectorFamily.GAUSSIAN.vector(random, DIMENSION);
  }

  private static Cell cell(Cells cells, int number) {
    return cells.cell(id(number), DIMENSION);
  }

  private static CellId id(int number) {
    return new CellId(1, 0, number);
  }

  private static Hash128 uid(int number) {
    return new Hash128(number, 0);
  }
}
