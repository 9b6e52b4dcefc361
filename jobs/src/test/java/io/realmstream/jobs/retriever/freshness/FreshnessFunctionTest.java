package io.realmstream.jobs.retriever.freshness;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.jobs.OutboundRecord;
import io.realmstream.model.freshness.FreshnessClaim;
import io.realmstream.model.version.EndedIndexes;
import io.realmstream.schemas.json.BadRecordException;
import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.query.FreshnessMark;
import io.realmstream.schemas.vectors.Heartbeat;
import io.realmstream.schemas.vectors.ShardComplete;
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

class FreshnessFunctionTest {
  private static final int SHARDS = 3;

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
  void theLeastFreshShardSaysHowFreshTheIndexIs() throws Exception {
    fresh(0, 30);
    fresh(1, 20);
    assertThat(said()).isEmpty();

    fresh(2, 40);
    assertThat(said())
        .extracting(FreshnessClaim::through)
        .containsExactly(Instant.ofEpochMilli(20));
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
        .extracting(FreshnessClaim::through)
        .containsExactly(Instant.ofEpochMilli(30), Instant.ofEpochMilli(40));
  }

  @Test
  void lossInOneShardTakesBackWhatIsSaidOfAllUntilItIsMadeUpFor() throws Exception {
    for (int shard = 0; shard < SHARDS; shard++) {
      fresh(shard, 20);
      complete(1, shard);
    }
    harness.processElement1(new StreamRecord<>(ShardNews.of(ShardFreshness.unknown(1))));
    assertThat(last().through()).isNull();
    assertThat(last().complete()).isEmpty();

    fresh(0, 50);
    fresh(2, 50);
    assertThat(last().through()).isNull();
    fresh(1, 40);
    assertThat(last().through()).isEqualTo(Instant.ofEpochMilli(40));
    assertThat(last().complete()).as("what was lost may have been of any index").isEmpty();
    complete(1, 1);
    assertThat(last().complete()).containsExactly(1);
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
    assertThat(said()).extracting(FreshnessClaim::complete).containsExactly(List.of(1));
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

    assertThat(said()).extracting(FreshnessClaim::complete).containsExactly(List.of(1));
  }

  @Test
  void indexesThatHadTheirTimeAreForgottenAndComeBackNoMore() throws Exception {
    for (int shard = 0; shard < SHARDS; shard++) {
      complete(1, shard);
    }
    int before = harness.numKeyedStateEntries();
    for (int version = 2; version <= 366; version++) {
      ended(new EndedIndexes(version, List.of(1, version), List.of()));
      for (int shard = 0; shard < SHARDS; shard++) {
        complete(version, shard);
      }
      assertThat(last().complete()).containsExactly(1, version);
      ended(new EndedIndexes(version, List.of(1), List.of()));
      assertThat(last().complete()).containsExactly(1);
      complete(version, 0);
    }

    assertThat(harness.numKeyedStateEntries()).isEqualTo(before + 1); // what had its time
  }

  private void ended(EndedIndexes ended) throws Exception {
    harness.processElement2(new StreamRecord<>(ended));
  }

  @Test
  void eachClaimHasItsMarkOnTheTopicAndNumbersGrow() throws Exception {
    fresh(0, 30);
    fresh(1, 30);
    fresh(2, 30);
    complete(1, 0);
    complete(1, 1);
    complete(1, 2);
    fresh(0, 40);
    fresh(1, 40);
    fresh(2, 40);

    List<FreshnessClaim> said = said();
    assertThat(marks()).isEqualTo(said.stream().map(FreshnessClaim::mark).toList());
    assertThat(said).extracting(claim -> claim.mark().number()).containsExactly(1L, 2L, 3L);
    assertThat(said).extracting(claim -> claim.mark().run()).containsOnly(said.get(0).mark().run());
    assertThat(said)
        .extracting(FreshnessClaim::complete)
        .containsExactly(List.of(), List.of(1), List.of(1));
  }

  /** Its marks of before may mean what a restored index lacks. */
  @Test
  void restoredRunSaysWhatItKnowsUnderAnotherName() throws Exception {
    fresh(0, 30);
    fresh(1, 30);
    fresh(2, 30);
    complete(1, 0);
    complete(1, 1);
    complete(1, 2);
    long before = said().get(0).mark().run();
    OperatorSubtaskState snapshot = harness.snapshot(1, 1);
    harness.close();
    harness = harness();
    harness.initializeState(snapshot);
    harness.open();
    harness.setProcessingTime(5_000);

    FreshnessClaim claim = said().get(0);
    assertThat(claim.through()).isEqualTo(Instant.ofEpochMilli(30));
    assertThat(claim.complete()).containsExactly(1);
    assertThat(claim.mark().run()).isNotEqualTo(before);
  }

  /** Even that nothing is known: somebody else may ask whether a retriever runs. */
  @Test
  void whatIsKnownIsSaidAgainInEachQuietSecond() throws Exception {
    fresh(0, 30);
    harness.setProcessingTime(1_000);
    assertThat(said())
        .extracting(FreshnessClaim::mark)
        .extracting(FreshnessMark::through)
        .containsOnlyNulls();
    fresh(1, 30);
    fresh(2, 30);
    harness.setProcessingTime(2_000);
    assertThat(said()).hasSize(1);
    harness.setProcessingTime(3_000);
    harness.setProcessingTime(4_000);

    assertThat(said())
        .extracting(FreshnessClaim::through)
        .containsExactly(Instant.ofEpochMilli(30), Instant.ofEpochMilli(30));
  }

  @Test
  void ageIsNegativeOnlyWhereNothingIsKnown() {
    assertThat(FreshnessFunction.ageMs(1_000, 3_500)).isEqualTo(2_500);
    assertThat(FreshnessFunction.ageMs(4_000, 3_500)).as("a clock ahead").isZero();
    assertThat(FreshnessFunction.ageMs(0, 3_500)).as("not known").isEqualTo(-1);
  }

  private List<FreshnessMark> marks() throws BadRecordException {
    List<FreshnessMark> marks = new ArrayList<>();
    for (StreamRecord<OutboundRecord> record : harness.getSideOutput(FreshnessFunction.MARKS)) {
      marks.add(Codecs.FRESHNESS.decode(Objects.requireNonNull(record.getValue().value())).mark());
    }
    return marks;
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

  private void fresh(int shard, long throughMs) throws Exception {
    harness.processElement1(
        new StreamRecord<>(
            ShardNews.of(new ShardFreshness(shard, Instant.ofEpochMilli(throughMs), null))));
  }

  private void complete(int version, int shard) throws Exception {
    harness.processElement1(new StreamRecord<>(ShardNews.of(new ShardComplete(version, shard))));
  }

  private List<FreshnessClaim> said() {
    List<FreshnessClaim> said = List.copyOf(harness.extractOutputValues());
    harness.getOutput().clear();
    return said;
  }

  private FreshnessClaim last() {
    List<FreshnessClaim> claims = harness.extractOutputValues();
    return claims.get(claims.size() - 1);
  }
}
