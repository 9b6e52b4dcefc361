package io.realmstream.model.serving.placement;

import static io.realmstream.model.serving.Edits.SHARD;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.model.serving.VersionedPassage;
import io.realmstream.model.state.HeapTable;
import io.realmstream.schemas.Hash128;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PassageCountsTest {
  private static final float[] VECTOR = {1, 2};
  private static final float[] GONE = {};

  private final HeapTable<Integer, Census> table = new HeapTable<>();
  private final List<Sample> samples = new ArrayList<>();
  private final PassageCounts counts = new PassageCounts(table, 2, samples::add);

  @Test
  void comingAndGoingIsCountedAndComingAgainIsNot() {
    counts.count(passage(1), 1, SHARD, VECTOR);
    counts.count(passage(1), 0, SHARD, VECTOR);
    counts.count(passage(2), 1, SHARD, VECTOR);
    counts.count(passage(1), -1, SHARD, GONE);
    assertThat(table.get(1)).isEqualTo(new Census(1, 0));
    assertThat(samples)
        .extracting(sample -> sample.census().live())
        .containsExactly(1L, 1L, 2L, 1L);
  }

  @Test
  void aLargeShardTellsOfASampleOnly() {
    for (int i = 0; i < 3; i++) {
      counts.count(passage(i), 1, SHARD, VECTOR);
    }
    assertThat(table.get(1)).isEqualTo(new Census(3, 1));
    samples.clear();
    counts.count(new VersionedPassage(1, new Hash128(-1, 0)), 1, SHARD, VECTOR);
    assertThat(samples).as("its uid begins with a one").isEmpty();
    assertThat(table.get(1)).isEqualTo(new Census(4, 1));
  }

  @Test
  void aVersionThatEndedIsToldOfAndForgotten() {
    counts.count(passage(1), 1, SHARD, VECTOR);
    samples.clear();
    counts.end(1, SHARD);
    assertThat(samples).singleElement().matches(sample -> sample.census().isOver());
    assertThat(table.isEmpty()).isTrue();
  }

  @Test
  void whoFollowsIsToldAgainOfEachVersion() {
    counts.count(passage(1), 1, SHARD, VECTOR);
    counts.count(new VersionedPassage(2, new Hash128(1, 1)), 1, SHARD, VECTOR);
    samples.clear();
    counts.tellAgain(SHARD);
    assertThat(samples).extracting(Sample::version).containsExactlyInAnyOrder(1, 2);
  }

  private static VersionedPassage passage(long number) {
    return new VersionedPassage(1, new Hash128(number, number));
  }
}
