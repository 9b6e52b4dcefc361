package io.realmstream.model.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.realmstream.model.index.store.BlockKey;
import io.realmstream.model.index.store.CellId;
import io.realmstream.model.index.store.MapBlockStore;
import io.realmstream.model.index.vector.Int8Code;
import io.realmstream.model.index.vector.StoredVector;
import io.realmstream.schemas.Hash128;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CellStoreTest {
  private static final CellId ID = new CellId(1, 2, 3);
  private static final BlockKey HEAD = BlockKey.of(ID, BlockKey.HEAD, 0);

  private final MapBlockStore store = new MapBlockStore();
  private final Cells roomy = new Cells(store, Long.MAX_VALUE);
  private final CellStore held = roomy.contents(ID, 2);
  private final CellStore readThrough = new Cells(store, 0).contents(ID, 2);

  @Test
  void firstEditOfACellIsPutAndTheNextAreAppended() {
    held.append(held.head(), edit(1, 5));
    assertThat(values(HEAD)).hasSize(1);
    held.append(held.head(), edit(2, 6));
    held.append(held.head(), edit(1, 7));

    assertThat(values(HEAD)).hasSize(3);
    assertThat(held.head().appended()).isEqualTo(2);
    assertThat(readThrough.head().toBytes()).isEqualTo(held.head().toBytes());
    assertThat(readThrough.head().edits().rows().sequence(0)).isEqualTo(7);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void afterManyAppendsTheHeadIsPutAgain(boolean isHeld) {
    CellStore contents = isHeld ? held : readThrough;
    for (int i = 0; i <= 17; i++) {
      contents.append(contents.head(), edit(1, i));
    }
    // one put, 16 appended, and the 18th was put over them
    assertThat(values(HEAD)).hasSize(1);
    assertThat(contents.head().appended()).isZero();
    assertThat(contents.head().edits().rows().sequence(0)).isEqualTo(17);
  }

  @Test
  void withRoomNothingIsReadTwice() {
    held.append(held.head(), edit(1, 5));
    held.putBlock(3, block(4));
    Head head = held.head();
    Overlay overlay = held.overlay(head.edits());
    store.values().clear();

    assertThat(held.head()).isSameAs(head);
    assertThat(held.overlay(head.edits())).isSameAs(overlay);
    assertThat(held.block(3).count()).isEqualTo(4);
    held.append(head, edit(2, 6));
    assertThat(held.overlay(held.head().edits())).as("after an edit").isNotSameAs(overlay);
  }

  @Test
  void withoutRoomAllIsReadFromTheStore() {
    readThrough.putBlock(0, block(4));
    held.putBlock(0, block(5));
    Delta laid = edit(1, 5);

    assertThat(readThrough.block(0).count()).isEqualTo(5);
    assertThat(readThrough.overlay(laid)).isNotSameAs(readThrough.overlay(laid));
    assertThat(readThrough.head()).isNotSameAs(readThrough.head());
  }

  @Test
  void blocksAndVectorsOfOneNumberDoNotMeet() {
    held.putBlock(7, block(4));
    held.putVector(7, new float[] {3, 4});
    held.putVector(1L << 40, new float[] {5, 6});

    assertThat(StoredVector.score(new float[] {1, 1}, held.vector(7))).isEqualTo(7);
    assertThat(StoredVector.score(new float[] {1, 1}, held.vector(1L << 40))).isEqualTo(11);
    held.removeVector(7);
    assertThat(held.block(7).count()).isEqualTo(4);
    assertThat(store.values()).hasSize(2);
  }

  @Test
  void valueThatIsNotThereIsMissedByItsKey() {
    held.putBlock(0, block(4));
    held.removeBlock(0);

    assertThatThrownBy(() -> held.block(0))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the store has lost " + BlockKey.of(ID, BlockKey.BLOCK, 0));
    assertThatThrownBy(() -> readThrough.vector(9))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the store has lost " + BlockKey.of(ID, BlockKey.VECTOR, 9));
  }

  @Test
  void roomIsThatOfWhatIsHeldAndGivenBack() {
    held.putBlock(1, block(4));
    long ofFour = roomy.heapBytes();
    held.putBlock(1, block(9));
    assertThat(roomy.heapBytes() - ofFour)
        .isEqualTo(block(9).bytes().length - (long) block(4).bytes().length);
    held.removeBlock(1);
    assertThat(roomy.heapBytes()).isZero();

    held.append(held.head(), edit(1, 5));
    assertThat(roomy.heapBytes()).isEqualTo(edit(1, 5).rows().bytes().length);
    held.removeHead();
    assertThat(roomy.heapBytes()).isZero();
    assertThat(store.values()).isEmpty();
  }

  @Test
  void dimensionOfWhichNoRowFitsABlockIsRefused() {
    int most = PackedBlock.BYTES_MAX - 16 - 48;
    assertThat(roomy.contents(new CellId(1, 2, 4), most).dimension()).isEqualTo(most);
    for (int dimension : new int[] {most + 1, 0, -1}) {
      assertThatThrownBy(() -> roomy.contents(new CellId(1, 2, 5), dimension))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("no index of dimension " + dimension);
    }
  }

  private List<byte[]> values(BlockKey key) {
    return Objects.requireNonNull(store.values().get(key));
  }

  private static PackedBlock block(int rows) {
    return PackedBlock.allocate(rows, 2, 0);
  }

  private static Delta edit(int uid, long sequence) {
    return Delta.of(new Row(new Hash128(uid, 0), sequence, sequence, 0, Int8Code.zero(2)));
  }
}
