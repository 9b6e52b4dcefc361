package io.realmstream.model.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.model.index.vector.Int8Code;
import io.realmstream.schemas.Hash128;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DeltaTest {
  @Test
  void rowIsFoundByBothHalvesOfItsUidInUnsignedOrder() {
    Delta delta =
        Delta.empty(2, 0)
            .with(
                List.of(
                    insert(new Hash128(-1, 5), 1),
                    insert(new Hash128(1, -1), 1),
                    insert(new Hash128(1, 3), 1),
                    insert(new Hash128(0, 9), 1)));

    assertThat(uids(delta))
        .containsExactly(
            new Hash128(0, 9), new Hash128(1, 3), new Hash128(1, -1), new Hash128(-1, 5));
    for (int i = 0; i < 4; i++) {
      assertThat(delta.find(delta.rows().uid(i))).isEqualTo(i);
    }
  }

  @Test
  void uidThatIsMissingTellsWhereItBelongs() {
    Delta delta = Delta.empty(2, 0).with(List.of(insert(uid(2), 1), insert(uid(4), 1)));

    assertThat(delta.find(uid(1))).isEqualTo(-1);
    assertThat(delta.find(uid(3))).isEqualTo(-2);
    assertThat(delta.find(uid(5))).isEqualTo(-3);
    assertThat(Delta.empty(2, 0).find(uid(1))).isEqualTo(-1);
  }

  @Test
  void higherSequenceSupersedesAndAtEqualOnesOnlyTheOtherKind() {
    Delta insert = new Delta(insert(uid(1), 5));
    assertThat(insert.supersedes(0, 4, false)).isTrue();
    assertThat(insert.supersedes(0, 4, true)).isTrue();
    assertThat(insert.supersedes(0, 5, false)).isFalse();
    assertThat(insert.supersedes(0, 5, true)).isTrue();
    assertThat(insert.supersedes(0, 6, true)).isFalse();

    assertThat(insert.isSuperseded(0, 4, true)).isFalse();
    assertThat(insert.isSuperseded(0, 5, false)).isFalse();
    assertThat(insert.isSuperseded(0, 5, true)).isTrue();
    assertThat(insert.isSuperseded(0, 6, false)).isTrue();

    Delta delete = new Delta(delete(uid(1), 5));
    assertThat(delete.supersedes(0, 5, false)).isTrue();
    assertThat(delete.supersedes(0, 5, true)).isFalse();
    assertThat(delete.isSuperseded(0, 5, true)).isFalse();
  }

  @Test
  void ofEditsOfOneUidTheLastStaysWhateverItsSequence() {
    Delta delta = new Delta(insert(uid(1), 9));
    Delta changed =
        delta.with(
            List.of(insert(uid(1), 7), insert(uid(2), 1), delete(uid(1), 3), insert(uid(1), 5)));

    assertThat(uids(changed)).containsExactly(uid(1), uid(2));
    assertThat(changed.rows().sequence(0)).isEqualTo(5);
    assertThat(changed.rows().isDelete(0)).isFalse();
    assertThat(delta.rows().sequence(0)).as("the delta before").isEqualTo(9);
  }

  @Test
  void rowsAreThoseOfAMapThatTakesEveryEdit() {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      Map<Hash128, Long> expected = new TreeMap<>();
      Delta delta = Delta.empty(2, 0);
      for (int round = 0; round < 5; round++) {
        List<PackedBlock> edits = new ArrayList<>();
        for (int i = random.nextInt(8); i > 0; i--) {
          Hash128 uid = new Hash128(random.nextInt(5) - 2, random.nextInt(3) - 1);
          long sequence = random.nextInt(1_000);
          edits.add(random.nextBoolean() ? insert(uid, sequence) : delete(uid, sequence));
          expected.put(uid, sequence);
        }
        delta = delta.with(edits);
      }
      assertThat(uids(delta)).as("seed %d", seed).containsExactlyElementsOf(expected.keySet());
      for (int i = 0; i < delta.rows().count(); i++) {
        assertThat(delta.rows().sequence(i)).isEqualTo(expected.get(delta.rows().uid(i)));
      }
    }
  }

  @Test
  void vectorNumbersGoOnFromTheLargestSoFar() {
    Delta delta = Delta.empty(2, 3).with(List.of(insert(uid(1), 11), delete(uid(1), 12)));

    // the INSERT that was superseded had vector 11
    assertThat(delta.rows().nextVector()).isEqualTo(12);
    assertThat(delta.with(List.of(insert(uid(2), 4))).rows().nextVector()).isEqualTo(12);
    assertThat(delta.emptied().rows().nextVector()).isEqualTo(12);
    assertThat(delta.emptied().rows().count()).isZero();
    assertThat(delta.with(List.of()).rows().toBytes()).isEqualTo(delta.rows().toBytes());
    assertThat(Delta.empty(2, 3).with(List.of(delete(uid(1), 12))).rows().nextVector())
        .isEqualTo(3);
  }

  @Test
  void noMoreRowsThanFitABlock() {
    assertThat(Delta.rowsMax(2)).isEqualTo(64);
    assertThat(Delta.rowsMax(10_000)).isEqualTo(PackedBlock.capacity(10_000)).isEqualTo(6);
    assertThat(Delta.rowsMax(100_000)).isZero();
  }

  private static List<Hash128> uids(Delta delta) {
    List<Hash128> uids = new ArrayList<>();
    for (int i = 0; i < delta.rows().count(); i++) {
      uids.add(delta.rows().uid(i));
    }
    return uids;
  }

  /** Its vector has the number of its sequence. */
  private static PackedBlock insert(Hash128 uid, long sequence) {
    Int8Code code = Int8Code.of(new float[] {1, 2});
    return Delta.of(new Row(uid, sequence, sequence, 0, code)).rows();
  }

  private static PackedBlock delete(Hash128 uid, long sequence) {
    return Delta.of(new Row(uid, sequence, PackedBlock.DELETED, 0, Int8Code.zero(2))).rows();
  }

  private static Hash128 uid(int number) {
    return new Hash128(number, 0);
  }
}
