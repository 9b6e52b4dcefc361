package io.realmstream.jobs.retriever;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.schemas.vectors.Heartbeat;
import io.realmstream.schemas.vectors.ShardComplete;
import java.time.Instant;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FreshnessFunctionTest {
  private static final int SHARDS = 3;

  private KeyedTwoInputStreamOperatorTestHarness<Integer, ShardFreshness, ShardComplete, Freshness>
      harness;

  @BeforeEach
  void open() throws Exception {
    harness = harness();
    harness.open();
  }

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  @Test
  void theLeastFreshShardSaysHowFreshTheIndexIs() throws Exception {
    fresh(0, 30);
    fresh(1, 20);
    assertThat(said()).isEmpty();

    fresh(2, 40);
    assertThat(said()).extracting(Freshness::through).containsExactly(Instant.ofEpochMilli(20));
  }

  @Test
  void shardOfWhichNothingIsKnownMeansThatNothingIs() throws Exception {
    fresh(0, 30);
    fresh(1, 20);
    fresh(2, Heartbeat.NOTHING.toEpochMilli());

    assertThat(said()).isEmpty();
  }

  @Test
  void updaterThatBeginsTakesNothingBack() throws Exception {
    fresh(0, 30);
    fresh(1, 30);
    fresh(2, 30);
    fresh(1, Heartbeat.NOTHING.toEpochMilli());
    fresh(1, 40);
    fresh(0, 50);
    fresh(2, 60);

    assertThat(said())
        .extracting(Freshness::through)
        .containsExactly(Instant.ofEpochMilli(30), Instant.ofEpochMilli(40));
  }

  @Test
  void anIndexIsCompleteWithTheLastOfItsShards() throws Exception {
    complete(1, 0);
    complete(2, 1);
    complete(1, 2);
    complete(1, 2);
    complete(2, 0);
    assertThat(said()).isEmpty();

    complete(1, 1);
    assertThat(said()).extracting(Freshness::index).containsExactly(1);
  }

  @Test
  void shardsThatWereCompleteSurviveARestore() throws Exception {
    complete(1, 0);
    complete(1, 1);
    OperatorSubtaskState snapshot = harness.snapshot(1, 1);
    harness.close();
    harness = harness();
    harness.initializeState(snapshot);
    harness.open();
    complete(1, 2);

    assertThat(said()).extracting(Freshness::index).containsExactly(1);
  }

  private static KeyedTwoInputStreamOperatorTestHarness<
          Integer, ShardFreshness, ShardComplete, Freshness>
      harness() throws Exception {
    return new KeyedTwoInputStreamOperatorTestHarness<>(
        new KeyedCoProcessOperator<>(new FreshnessFunction(SHARDS)),
        shard -> 0,
        shard -> 0,
        Types.INT);
  }

  private void fresh(int shard, long throughMs) throws Exception {
    harness.processElement1(
        new StreamRecord<>(new ShardFreshness(shard, Instant.ofEpochMilli(throughMs))));
  }

  private void complete(int version, int shard) throws Exception {
    harness.processElement2(new StreamRecord<>(new ShardComplete(version, shard)));
  }

  private List<Freshness> said() {
    List<Freshness> said = List.copyOf(harness.extractOutputValues());
    harness.getOutput().clear();
    return said;
  }
}
