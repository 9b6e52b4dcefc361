package io.realmstream.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.schemas.Hash128;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShardsTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 16, 128, 1000})
  void everyShardHasItsOwnKeyGroup(int count) {
    Shards shards = new Shards(count);
    for (int shard = 0; shard < count; shard++) {
      assertThat(KeyGroupRangeAssignment.assignToKeyGroup(shards.key(shard), count))
          .isEqualTo(shard);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 16, 128})
  void hashesAreTakenAsUnsigned(int count) {
    Shards shards = new Shards(count);
    assertThat(shards.of(new Hash128(-1, 0))).isEqualTo(count - 1);
    assertThat(shards.of(new Hash128(0, -1))).isZero();
  }
}
