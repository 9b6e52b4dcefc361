package io.realmstream.model.version;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.model.state.HeapTable;
import io.realmstream.model.version.CompleteIndexes.CompleteShard;
import java.util.List;
import org.junit.jupiter.api.Test;

class CompleteIndexesTest {
  private static final int SHARDS = 16;

  private final HeapTable<CompleteShard, Boolean> table = new HeapTable<>();
  private final CompleteIndexes complete = new CompleteIndexes(table, SHARDS);

  @Test
  void anIndexIsCompleteWithTheLastOfItsShards() {
    for (int shard = 1; shard < SHARDS; shard++) {
      assertThat(complete.add(1, shard)).isFalse();
    }
    assertThat(complete.add(2, 0)).isFalse();
    assertThat(complete.all()).isEmpty();

    assertThat(complete.add(1, 0)).isTrue();
    assertThat(complete.add(1, 0)).isTrue();
    assertThat(complete.all()).containsExactly(1);
  }

  @Test
  void whatHadItsTimeIsForgottenAndNothingElse() {
    completeAll(1);
    completeAll(2);
    boolean unused = complete.add(3, 0);
    complete.forget(new EndedIndexes(3, List.of(2, 3), List.of()));

    assertThat(complete.all()).containsExactly(2);
    assertThat(table.size()).isEqualTo(SHARDS + 1);
  }

  @Test
  void whatWasLostOfAShardIsSaidOnceMore() {
    completeAll(1);
    completeAll(2);
    complete.lose(1);

    assertThat(complete.all()).isEmpty();
    assertThat(complete.add(2, 1)).isTrue();
    assertThat(complete.all()).containsExactly(2);
  }

  @Test
  void aYearOfVersionsLeavesTheShardsOfTheLiveOne() {
    for (int version = 1; version <= 365 * 24; version++) {
      completeAll(version);
      complete.forget(new EndedIndexes(version, List.of(version), List.of()));
    }

    assertThat(table.size()).isEqualTo(SHARDS);
  }

  private void completeAll(int index) {
    for (int shard = 0; shard < SHARDS; shard++) {
      boolean unused = complete.add(index, shard);
    }
  }
}
