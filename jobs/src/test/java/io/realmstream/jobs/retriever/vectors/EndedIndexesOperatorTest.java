package io.realmstream.jobs.retriever.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.jobs.retriever.freshness.AnnounceReadyFunction;
import io.realmstream.jobs.retriever.freshness.ShardNews;
import io.realmstream.model.checkpoint.DefaultCheckpoints;
import io.realmstream.model.version.EndedIndexes;
import io.realmstream.schemas.vectors.ShardComplete;
import io.realmstream.schemas.version.StateChange;
import io.realmstream.schemas.version.VersionProposal;
import io.realmstream.schemas.version.VersionState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What becomes of the version log: word to every shard of what had its time, and readiness. */
@SuppressWarnings("try") // Flink's own harness says that its close may be interrupted
class EndedIndexesOperatorTest {
  private static final int SHARDS = 4;
  private int proposals;

  @Test
  void everyShardIsToldOfEachChangeAndOfNothingElse() throws Exception {
    try (Harness log = new Harness(null)) {
      log.read(propose(1, null, VersionState.BUILDING));
      log.read(propose(1, VersionState.BUILDING, VersionState.ACTIVE));
      log.read(propose(7, VersionState.BUILDING, VersionState.ACTIVE)); // ignored
      assertThat(log.told()).containsExactly(new EndedIndexes(1, List.of(1), List.of()));

      log.read(propose(2, null, VersionState.REFUSED));
      assertThat(log.told()).containsExactly(new EndedIndexes(2, List.of(1), List.of()));
    }
  }

  @Test
  void aRestoredRunTellsOnceMoreWhatItKnows() throws Exception {
    OperatorSubtaskState state;
    try (Harness log = new Harness(null)) {
      log.read(propose(1, null, VersionState.BUILDING));
      log.read(propose(1, VersionState.BUILDING, VersionState.RETIRED));
      state = log.snapshot(1, 1);
    }
    try (Harness log = new Harness(state)) {
      assertThat(log.told()).containsExactly(new EndedIndexes(1, List.of(), List.of()));
    }
  }

  /** Each day a version is complete, proposed READY, and follows the one before. */
  @Test
  void aYearOfVersionsLeavesTheShardsOfOne() throws Exception {
    try (var announce =
        new KeyedTwoInputStreamOperatorTestHarness<>(
            new KeyedCoProcessOperator<>(new AnnounceReadyFunction(SHARDS)),
            shard -> 0,
            proposal -> 0,
            Types.INT)) {
      announce.open();
      for (int version = 1; version <= 365; version++) {
        announce.processElement2(new StreamRecord<>(propose(version, null, VersionState.BUILDING)));
        for (int shard = 0; shard < SHARDS; shard++) {
          announce.processElement1(
              new StreamRecord<>(ShardNews.of(new ShardComplete(version, shard))));
        }
        assertThat(announce.extractOutputValues()).hasSize(version);
        announce.processElement2(
            new StreamRecord<>(propose(version, VersionState.BUILDING, VersionState.RETIRED)));
        announce.processElement1(new StreamRecord<>(ShardNews.of(new ShardComplete(version, 0))));
      }

      assertThat(announce.numKeyedStateEntries()).isEqualTo(1); // the version table
    }
  }

  private VersionProposal propose(int version, @Nullable VersionState from, VersionState to) {
    return new VersionProposal(
        "p" + proposals++,
        version,
        new StateChange(from, to),
        "test",
        null,
        from == null ? DefaultCheckpoints.minilm() : null,
        null,
        Instant.EPOCH);
  }

  private static final class Harness
      extends OneInputStreamOperatorTestHarness<VersionProposal, PassageEvent> {
    Harness(@Nullable OperatorSubtaskState restored) throws Exception {
      super(new EndedIndexesOperator(SHARDS));
      setup();
      initializeState(restored);
      open();
      setProcessingTime(1);
      if (restored == null) {
        assertThat(told()).containsExactly(EndedIndexes.NONE);
      }
    }

    void read(VersionProposal proposal) throws Exception {
      processElement(new StreamRecord<>(proposal));
    }

    /** What was told since the last call: the same to freshness as to every shard. */
    List<EndedIndexes> told() {
      List<EndedIndexes> told = new ArrayList<>();
      var side = getSideOutput(EndedIndexesOperator.ENDED);
      side.forEach(ended -> told.add(ended.getValue()));
      side.clear();
      List<PassageEvent> events = extractOutputValues();
      for (int i = 0; i < events.size(); i++) {
        assertThat(events.get(i)).isEqualTo(PassageEvent.ended(i % SHARDS, told.get(i / SHARDS)));
      }
      assertThat(events).hasSize(SHARDS * told.size());
      getOutput().clear();
      return told;
    }
  }
}
