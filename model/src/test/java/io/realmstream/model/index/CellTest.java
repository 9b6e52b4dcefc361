package io.realmstream.model.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.realmstream.model.index.store.BlockKey;
import io.realmstream.model.index.store.CellId;
import io.realmstream.model.index.store.MapBlockStore;
import io.realmstream.model.index.topk.Hit;
import io.realmstream.model.index.topk.SearchResult;
import io.realmstream.schemas.Hash128;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CellTest {
  private static final CellId ID = new CellId(1, 0, 3);

  private final MapBlockStore store = new MapBlockStore();
  private final Cell cell = new Cells(store, 0).cell(ID, 2);
  private int firstUid;

  @Test
  void anEmptyCellFindsNothing() {
    assertThat(cell.search(new float[] {1, 0}, 5))
        .isEqualTo(new SearchResult(List.of(), false, 0, 0));
  }

  @Test
  void theBestScoreComesFirst() {
    insert(1, 1, 1, 0);
    insert(2, 1, 3, 0);
    insert(3, 1, -2, 0);

    assertThat(cell.search(new float[] {2, 0}, 2).hits())
        .containsExactly(new Hit(uid(2), 9, 6), new Hit(uid(1), 9, 2));
  }

  @Test
  void ofEqualScoresTheSmallerUidComesFirst() {
    insert(5, 1, 1, 2);
    insert(4, 1, 2, 1);
    insert(6, 1, 0, 3);

    assertThat(cell.search(new float[] {1, 1}, 2).hits())
        .containsExactly(new Hit(uid(4), 9, 3), new Hit(uid(5), 9, 3));
  }

  @Test
  void aReplayedInsertChangesNothing() {
    insert(1, 7, 1, 0);
    insert(1, 7, 1, 0);

    assertThat(cell.search(new float[] {1, 0}, 5))
        .isEqualTo(new SearchResult(List.of(new Hit(uid(1), 9, 1)), false, 1, 1));
  }

  @Test
  void theHigherSequenceWinsInAnyOrder() {
    insert(1, 2, 5, 0);
    insert(1, 1, 1, 0);
    insert(2, 1, 1, 0);
    insert(2, 2, 6, 0);

    assertThat(cell.search(new float[] {1, 0}, 5).hits())
        .containsExactly(new Hit(uid(2), 9, 6), new Hit(uid(1), 9, 5));
  }

  @Test
  void anInsertOlderThanItsDeleteDoesNotComeBack() {
    cell.delete(uid(1), 3);
    insert(1, 2, 1, 0);

    assertThat(cell.search(new float[] {1, 0}, 5).hits()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void ofAnInsertAndADeleteOfOneSequenceTheLaterWins(boolean folds) {
    insert(1, 3, 1, 0);
    foldIf(folds);
    cell.delete(uid(1), 3);
    assertThat(cell.search(new float[] {1, 0}, 5).hits()).doesNotContain(new Hit(uid(1), 9, 1));

    foldIf(folds);
    insert(1, 3, 1, 0);
    insert(1, 3, 1, 0);
    assertThat(cell.search(new float[] {1, 0}, 1).hits()).containsExactly(new Hit(uid(1), 9, 1));
    foldIf(folds);
    assertThat(cell.search(new float[] {1, 0}, 1).hits()).containsExactly(new Hit(uid(1), 9, 1));
  }

  private void foldIf(boolean folds) {
    if (folds) {
      fill(firstUid += 100, 64);
    }
  }

  @Test
  void aDeleteOlderThanItsInsertIsIgnored() {
    insert(1, 3, 1, 0);
    cell.delete(uid(1), 2);

    assertThat(cell.search(new float[] {1, 0}, 5).hits()).hasSize(1);
  }

  @Test
  void aDeletedPassageComesBackWithAHigherSequence() {
    insert(1, 1, 1, 0);
    cell.delete(uid(1), 2);
    insert(1, 3, 4, 0);

    assertThat(cell.search(new float[] {1, 0}, 5).hits()).containsExactly(new Hit(uid(1), 9, 4));
  }

  @Test
  void anOldInsertThatArrivesAfterAFoldDoesNotReplaceTheNewerOne() {
    insert(1, 5, 2, 0);
    fill(100, 64);
    insert(1, 4, 9, 0);

    assertThat(cell.search(new float[] {1, 0}, 1).hits()).containsExactly(new Hit(uid(1), 9, 2));
  }

  @Test
  void cellsOfOneStoreDoNotMeet() {
    Cell other = new Cells(store, 0).cell(new CellId(2, 0, 3), 2);
    insert(1, 1, 1, 0);

    assertThat(other.search(new float[] {1, 0}, 5).hits()).isEmpty();
  }

  @Test
  void everythingDeletedLeavesNoVector() {
    fill(0, 700);
    for (int i = 0; i < 700; i++) {
      cell.delete(uid(i), 2);
    }
    fill(5_000, 65);

    assertThat(store.values().keySet().stream().filter(key -> key.kind() == BlockKey.VECTOR))
        .hasSize(65);
  }

  @Test
  void anotherDimensionIsRefusedNamingBoth() {
    assertThatThrownBy(() -> cell.insert(new IndexEntry(uid(1), 1, 0, new float[3])))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the vector has 3 dimensions, the cell 2");
    assertThatThrownBy(() -> cell.search(new float[1], 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the query has 1 dimensions, the cell 2");
  }

  @Test
  void aStoredCellOfAnotherDimensionIsRefused() {
    insert(1, 1, 1, 0);

    assertThatThrownBy(() -> new Cells(store, 0).cell(ID, 3).search(new float[3], 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 dimensions, not 3");
  }

  @Test
  void numbersThatAreNotFiniteAreRefused() {
    for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
      assertThatThrownBy(() -> insert(1, 1, 0, bad))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("entry 1 of the vector is " + bad);
      assertThatThrownBy(() -> cell.search(new float[] {bad, 0}, 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("entry 0 of the vector is " + bad);
    }
    assertThat(store.values()).isEmpty();
  }

  @Test
  void kBelowOneIsRefused() {
    assertThatThrownBy(() -> cell.search(new float[2], 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private void insert(int uid, long sequence, float x, float y) {
    cell.insert(new IndexEntry(uid(uid), sequence, 9, new float[] {x, y}));
  }

  private void fill(int firstUid, int count) {
    Random random = new Random(1);
    for (int i = 0; i < count; i++) {
      insert(firstUid + i, 1, random.nextFloat() / 2, random.nextFloat());
    }
  }

  private static Hash128 uid(long number) {
    return new Hash128(0, number);
  }
}
