package io.realmstream.model.serving.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.model.index.vector.Int8Code;
import io.realmstream.model.state.HeapTable;
import io.realmstream.schemas.Hash128;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class TrainingSampleTest {
  private static final int VERSION = 1;
  private static final int SHARD = 3;
  private static final int SLICE = TrainingSample.SEEN_PER_SLICE;
  private static final Census ALL = new Census(1, 0);
  private static final float[] GONE = {};

  private final HeapTable<Hash128, SampledVector> table = new HeapTable<>();
  private final HeapTable<Integer, Census> census = new HeapTable<>();
  private final TrainingSample sample = new TrainingSample(table, census);

  @Test
  void passagesOfAllShardsAreCounted() {
    assertThat(sample.add(passage(1, 0, new Census(10, 0)))).isEqualTo(10);
    assertThat(sample.add(passage(2, 1, new Census(5, 0)))).isEqualTo(5);
    assertThat(sample.add(passage(3, 0, new Census(11, 0)))).isEqualTo(1);
    assertThat(sample.add(new Sample(VERSION, 0, new Census(8, 0), uid(1), GONE))).isEqualTo(-3);
    assertThat(table.contains(uid(1))).isFalse();
    assertThat(census.size()).isEqualTo(2);
  }

  @Test
  void nothingIsGatheredOfNothing() {
    TrainingSample.Gathering gathering = sample.gather(new TreeMap<>());
    assertThat(gathering.some()).isFalse();
    assertThat(gathering.gathered()).isEmpty();
  }

  @Test
  void codesAreGatheredASliceAtATime() {
    fill(2 * SLICE + 1);
    TrainingSample.Gathering gathering = sample.gather(new TreeMap<>());
    assertThat(gathering.some()).isTrue();
    assertThat(gathering.gathered()).hasSize(SLICE);
    assertThat(gathering.some()).isTrue();
    assertThat(gathering.gathered()).hasSize(2 * SLICE);
    assertThat(gathering.some()).isFalse();
    assertThat(gathering.gathered()).hasSize(2 * SLICE + 1);
    assertThat(gathering.gathered())
        .hasEntrySatisfying(
            uid(7), code -> assertThat(code.codes()).isEqualTo(Int8Code.of(vector(7)).codes()));
  }

  @Test
  void whatHasLeftTheSampleSinceItCameIsForgotten() {
    fill(300);
    // the shard has grown since: uids that begin with a one are not in the sample any more
    sample.add(passage(0, SHARD, new Census(300, 1)));
    Set<Hash128> standing = new TreeSet<>();
    for (int i = 0; i < 300; i++) {
      if (uid(i).high() >= 0) {
        standing.add(uid(i));
      }
    }
    assertThat(standing).hasSizeBetween(100, 200);
    assertThat(all(sample.gather(new TreeMap<>()))).containsOnlyKeys(standing);
    assertThat(table.size()).isEqualTo(standing.size());
  }

  @Test
  void whatChangesWhileItRestsLosesNothingThatStands() {
    for (int seed = 0; seed < 50; seed++) {
      fill(3 * SLICE);
      Random random = new Random(seed);
      Set<Integer> standing = new TreeSet<>();
      for (int i = 0; i < 3 * SLICE; i++) {
        standing.add(i);
      }
      TrainingSample.Gathering gathering = sample.gather(new TreeMap<>());
      while (gathering.some()) {
        for (int i = 0; i < 100; i++) {
          int gone = random.nextInt(3 * SLICE);
          sample.add(new Sample(VERSION, SHARD, ALL, uid(gone), GONE));
          standing.remove(gone);
          sample.add(passage(3 * SLICE + random.nextInt(SLICE), SHARD, ALL));
        }
      }
      assertThat(gathering.gathered())
          .as("seed %d", seed)
          .containsKeys(standing.stream().map(TrainingSampleTest::uid).toArray(Hash128[]::new));
    }
  }

  @Test
  void allIsForgottenASliceAtATime() {
    fill(2 * SLICE + 1);
    assertThat(sample.forgetSome(VERSION)).isTrue();
    assertThat(table.size()).isEqualTo(SLICE + 1);
    assertThat(sample.forgetSome(VERSION)).isTrue();
    assertThat(sample.forgetSome(VERSION)).isFalse();
    assertThat(table.size()).isZero();
    assertThat(census.size()).isZero();
    assertThat(sample.forgetSome(VERSION)).isFalse();
  }

  @Test
  void forgettingThatARestoreInterruptedGoesOn() {
    fill(2 * SLICE);
    assertThat(sample.forgetSome(VERSION)).isTrue();
    TrainingSample restored = new TrainingSample(table, census);
    assertThat(restored.forgetSome(VERSION)).isTrue();
    assertThat(restored.forgetSome(VERSION)).isFalse();
    assertThat(table.size() + census.size()).isZero();
  }

  private void fill(int passages) {
    for (int i = 0; i < passages; i++) {
      sample.add(passage(i, SHARD, ALL));
    }
  }

  private static SortedMap<Hash128, Int8Code> all(TrainingSample.Gathering gathering) {
    while (gathering.some()) {}
    return gathering.gathered();
  }

  private static Sample passage(int number, int shard, Census census) {
    return new Sample(VERSION, shard, census, uid(number), vector(number));
  }

  private static Hash128 uid(int number) {
    return Hash128.ofTexts("" + number);
  }

  private static float[] vector(int number) {
    return new float[] {number, 1};
  }
}
