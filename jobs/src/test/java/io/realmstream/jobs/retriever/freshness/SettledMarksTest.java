package io.realmstream.jobs.retriever.freshness;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.jobs.OutboundRecord;
import io.realmstream.model.freshness.FreshnessClaim;
import io.realmstream.model.serving.BeatPosition;
import io.realmstream.model.version.EndedIndexes;
import io.realmstream.schemas.json.BadRecordException;
import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.query.FreshnessRecord;
import io.realmstream.schemas.query.SettledShard;
import io.realmstream.schemas.query.SettledShards;
import io.realmstream.schemas.vectors.Heartbeat;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@code freshness} tells {@code assign}, by the topic. */
class SettledMarksTest {
  private static final int SHARDS = 3;
  private static final long RUN = 5;

  private KeyedTwoInputStreamOperatorTestHarness<Integer, ShardNews, EndedIndexes, FreshnessClaim>
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
  void whatIsSettledIsToldOnceASecondWithAMark() throws Exception {
    settled(0, 30, 1);
    settled(1, 30, 7);
    settled(2, 30, 7);
    settled(0, 40, 2);
    harness.setProcessingTime(1_000);
    assertThat(records())
        .extracting(FreshnessRecord::settled)
        .startsWith((List<SettledShards>) null);
    assertThat(records())
        .last()
        .extracting(FreshnessRecord::settled)
        .isEqualTo(
            List.of(
                new SettledShards(
                    RUN,
                    List.of(
                        new SettledShard(0, 2), new SettledShard(1, 7), new SettledShard(2, 7)))));
    List<FreshnessClaim> said = harness.extractOutputValues();
    assertThat(records().stream().map(FreshnessRecord::mark).toList())
        .isEqualTo(said.stream().map(FreshnessClaim::mark).toList());

    int before = records().size();
    settled(1, 50, 8);
    harness.setProcessingTime(2_000);
    assertThat(records())
        .hasSize(before + 1)
        .last()
        .extracting(FreshnessRecord::settled)
        .isEqualTo(List.of(new SettledShards(RUN, List.of(new SettledShard(1, 8)))));
  }

  /** What was settled in the lost run need not be so in the restored one. */
  @Test
  void whatIsSettledIsNotTakenOverByARestoredRun() throws Exception {
    settled(0, 30, 1);
    OperatorSubtaskState snapshot = harness.snapshot(1, 1);
    harness.close();
    harness = harness();
    harness.initializeState(snapshot);
    harness.open();
    harness.setProcessingTime(5_000);
    assertThat(records()).isNotEmpty().extracting(FreshnessRecord::settled).containsOnlyNulls();
  }

  /** An updater that begins claims less than the one before; its edits are seen all the same. */
  @Test
  void whatIsSettledIsToldEvenIfNothingMoreIsClaimed() throws Exception {
    settled(0, 30, 1);
    settled(0, Heartbeat.NOTHING.toEpochMilli(), 2);
    harness.setProcessingTime(1_000);
    assertThat(records())
        .last()
        .extracting(FreshnessRecord::settled)
        .isEqualTo(List.of(new SettledShards(RUN, List.of(new SettledShard(0, 2)))));
  }

  private void settled(int shard, long throughMs, long beat) throws Exception {
    Instant through = Instant.ofEpochMilli(throughMs);
    harness.processElement1(
        new StreamRecord<>(
            ShardNews.of(new ShardFreshness(shard, through, new BeatPosition(RUN, beat)))));
  }

  private List<FreshnessRecord> records() throws BadRecordException {
    List<FreshnessRecord> records = new ArrayList<>();
    for (StreamRecord<OutboundRecord> record : harness.getSideOutput(FreshnessFunction.MARKS)) {
      records.add(Codecs.FRESHNESS.decode(Objects.requireNonNull(record.getValue().value())));
    }
    return records;
  }

  private static KeyedTwoInputStreamOperatorTestHarness<
          Integer, ShardNews, EndedIndexes, FreshnessClaim>
      harness() throws Exception {
    return new KeyedTwoInputStreamOperatorTestHarness<>(
        new KeyedCoProcessOperator<>(new FreshnessFunction(SHARDS)),
        shard -> 0,
        shard -> 0,
        Types.INT);
  }
}
