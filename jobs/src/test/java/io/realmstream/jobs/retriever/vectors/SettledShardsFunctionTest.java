package io.realmstream.jobs.retriever.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.model.serving.BeatPosition;
import io.realmstream.schemas.query.FreshnessMark;
import io.realmstream.schemas.query.FreshnessRecord;
import io.realmstream.schemas.query.SettledShard;
import io.realmstream.schemas.query.SettledShards;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SettledShardsFunctionTest {
  @Test
  void eachShardIsToldAndANumberThatNoShardHasIsNot() {
    assertThat(
            told(
                List.of(
                    new SettledShards(-7, List.of(new SettledShard(0, 3), new SettledShard(4, 3))),
                    new SettledShards(9, List.of(new SettledShard(3, 1))))))
        .containsExactly(
            PassageEvent.settled(0, new BeatPosition(-7, 3)),
            PassageEvent.settled(3, new BeatPosition(9, 1)));
  }

  @Test
  void aMarkAloneTellsNothing() {
    assertThat(told(null)).isEmpty();
  }

  private static List<PassageEvent> told(@Nullable List<SettledShards> settled) {
    List<PassageEvent> told = new ArrayList<>();
    FreshnessMark mark = new FreshnessMark(1, 2, null);
    new SettledShardsFunction(4)
        .flatMap(new FreshnessRecord(mark, settled), new ListCollector<>(told));
    return told;
  }
}
