package io.realmstream.model.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.model.index.vector.Int8Code;
import io.realmstream.schemas.Hash128;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OverlayTest {
  private static final BitSet NONE = new BitSet();

  @Test
  void emptyDeltaHidesNothing() {
    BitSet known = bits(1);
    Overlay overlay = new Overlay(Delta.empty(1, 0));

    assertThat(overlay.deadRows(0, block(insert(1, 5), insert(2, 5)), known)).isSameAs(known);
    assertThat(overlay.deadRows().isEmpty()).isTrue();
  }

  @Test
  void newerEditHidesTheRowOfItsUidAndNoOther() {
    Overlay overlay = overlay(insert(2, 6), delete(3, 6));

    assertThat(overlay.deadRows(0, block(insert(1, 5), insert(2, 5), insert(3, 5)), NONE))
        .isEqualTo(bits(1, 2));
    assertThat(overlay.deadRows()).as("the DELETE is never found").isEqualTo(bits(1));
  }

  @Test
  void editThatABlockHasOutdatedIsDeadItself() {
    Overlay overlay = overlay(insert(1, 4), delete(2, 4), insert(3, 5));

    assertThat(overlay.deadRows(0, block(insert(1, 5), insert(2, 5)), NONE)).isEqualTo(bits());
    assertThat(overlay.deadRows()).isEqualTo(bits(0, 1));
  }

  @Test
  void atEqualSequencesADeleteHidesAndAReplayIsDead() {
    Overlay overlay = overlay(insert(1, 5), delete(2, 5));

    assertThat(overlay.deadRows(0, block(insert(1, 5), insert(2, 5)), NONE)).isEqualTo(bits(1));
    assertThat(overlay.deadRows()).isEqualTo(bits(0, 1));
  }

  @Test
  void rowKnownAsDeadStaysDeadAndOutdatesNothing() {
    BitSet known = bits(0);
    Overlay overlay = overlay(insert(1, 4));

    assertThat(overlay.deadRows(3, block(insert(1, 5), insert(2, 5)), known)).isEqualTo(bits(0));
    assertThat(overlay.deadRows().isEmpty()).isTrue();
    assertThat(known).as("what was passed in").isEqualTo(bits(0));
  }

  @Test
  void blockIsLookedThroughOnceByItsNumber() {
    Overlay overlay = overlay(insert(1, 6));
    BitSet ofTwo = overlay.deadRows(2, block(insert(1, 5)), NONE);
    BitSet ofNought = overlay.deadRows(0, block(insert(7, 5)), NONE);

    assertThat(overlay.deadRows(2, block(insert(1, 5)), bits(0))).isSameAs(ofTwo);
    assertThat(overlay.deadRows(0, block(insert(7, 5)), NONE)).isSameAs(ofNought);
    assertThat(ofTwo).isEqualTo(bits(0));
    assertThat(ofNought).isEqualTo(bits());
    assertThat(overlay.deadRows(1, block(insert(2, 5), insert(1, 4)), NONE)).isEqualTo(bits(1));
  }

  /** Uids are few, and many have the lowest bits in common by which most are turned away. */
  @Test
  void deadRowsAreThoseOfAPlainLoop() {
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      Row[] edits = distinct(random, 6);
      for (int i = 0; i < edits.length; i++) {
        edits[i] = random.nextBoolean() ? edits[i] : delete(edits[i].uid(), edits[i].sequence());
      }
      Row[] rows = distinct(random, 12);
      Overlay overlay = overlay(edits);
      BitSet dead = overlay.deadRows(0, block(rows), NONE);
      for (int i = 0; i < rows.length; i++) {
        assertThat(dead.get(i)).as("seed %d", seed).isEqualTo(isHidden(rows[i], edits));
      }
    }
  }

  private static boolean isHidden(Row row, Row[] edits) {
    for (Row edit : edits) {
      boolean isDelete = edit.vector() == PackedBlock.DELETED;
      if (edit.uid().equals(row.uid())
          && (edit.sequence() > row.sequence()
              || (isDelete && edit.sequence() == row.sequence()))) {
        return true;
      }
    }
    return false;
  }

  private static Row[] distinct(Random random, int count) {
    List<Integer> numbers = new ArrayList<>(IntStream.range(0, 20).boxed().toList());
    Collections.shuffle(numbers, random);
    return numbers.stream()
        .limit(count)
        .map(i -> insert(new Hash128((long) (i % 5) << 14, i / 5), random.nextInt(3)))
        .toArray(Row[]::new);
  }

  private static Overlay overlay(Row... edits) {
    List<PackedBlock> blocks = List.of(edits).stream().map(edit -> Delta.of(edit).rows()).toList();
    return new Overlay(Delta.empty(1, 0).with(blocks));
  }

  private static PackedBlock block(Row... rows) {
    PackedBlock block = PackedBlock.allocate(rows.length, 1, 0);
    for (int i = 0; i < rows.length; i++) {
      block.set(i, rows[i]);
    }
    return block;
  }

  private static Row insert(int uid, long sequence) {
    return insert(new Hash128(uid, 0), sequence);
  }

  private static Row delete(int uid, long sequence) {
    return delete(new Hash128(uid, 0), sequence);
  }

  private static Row insert(Hash128 uid, long sequence) {
    return new Row(uid, sequence, 0, 0, Int8Code.of(new float[] {1}));
  }

  private static Row delete(Hash128 uid, long sequence) {
    return new Row(uid, sequence, PackedBlock.DELETED, 0, Int8Code.zero(1));
  }

  private static BitSet bits(int... set) {
    BitSet bits = new BitSet();
    for (int bit : set) {
      bits.set(bit);
    }
    return bits;
  }
}
