package io.realmstream.jobs.retriever;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.jobs.Shards;
import io.realmstream.jobs.retriever.assign.AssignOperator;
import io.realmstream.jobs.retriever.assign.AssignSettings;
import io.realmstream.jobs.retriever.vectors.CountedBeat;
import io.realmstream.jobs.retriever.vectors.PassageEvent;
import io.realmstream.model.index.partition.PartitionEvent;
import io.realmstream.model.serving.BeatPosition;
import io.realmstream.model.serving.placement.CellUpdate;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.document.Outcome;
import io.realmstream.schemas.document.Provenance;
import io.realmstream.schemas.document.VectorCounts;
import io.realmstream.schemas.vectors.DocumentRevision;
import io.realmstream.schemas.vectors.EditTimes;
import io.realmstream.schemas.vectors.ManifestEntry;
import io.realmstream.schemas.vectors.PassageInsert;
import io.realmstream.schemas.vectors.PassageVectors;
import io.realmstream.schemas.vectors.RecordPart;
import io.realmstream.schemas.vectors.ShardRound;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a republication does to the cells: they get what they lack and lose what is gone. */
class RepublishedCellsTest {
  private static final Shards SHARDS = new Shards(16);
  private static final int SHARD = 3;

  private KeyedTwoInputStreamOperatorTestHarness<Integer, PassageEvent, PartitionEvent, CellUpdate>
      harness;

  private long now;

  @BeforeEach
  void start() throws Exception {
    harness = harness();
    harness.open();
  }

  @AfterEach
  void stop() throws Exception {
    harness.close();
  }

  @Test
  void whatTheCellsHaveIsNotSentAgainAndWhatTheyLackIs() throws Exception {
    publish("kept", 1, 1f, false);
    begin(1);
    publish("kept", 1, 1f, true);
    publish("lost", 4, 1f, true);
    end(1);
    pass(12);

    assertThat(updates()).containsExactly("INSERT kept 1", "INSERT lost 4");
  }

  @Test
  void anotherVectorOfTheSameRevisionIsSent() throws Exception {
    publish("doc", 1, 1f, false);
    begin(1);
    publish("doc", 1, 2f, true);
    assertThat(updates()).containsExactly("INSERT doc 1", "INSERT doc 1");
  }

  @Test
  void whatWasNotNamedLeavesTheCellsAfterTheDelay() throws Exception {
    publish("kept", 1, 1f, false);
    publish("gone", 2, 1f, false);
    begin(1);
    publish("kept", 1, 1f, true);
    end(1);
    pass(2);
    assertThat(updates()).endsWith("DELETE_PENDING gone 2");

    pass(12);
    assertThat(updates()).endsWith("DELETE gone 2").doesNotContain("DELETE kept 1");
  }

  @Test
  void republicationOfWhichSomethingWasLostTakesNothingAway() throws Exception {
    publish("kept", 1, 1f, false);
    begin(1);
    send(PassageEvent.gap(SHARD));
    end(1);
    pass(24);
    assertThat(updates()).containsExactly("INSERT kept 1");
  }

  @Test
  void restoreBetweenTheEndAndTheWalkLosesNothing() throws Exception {
    publish("kept", 1, 1f, false);
    publish("gone", 2, 1f, false);
    begin(1);
    publish("kept", 1, 1f, true);
    end(1);
    OperatorSubtaskState snapshot = harness.snapshot(1, 1);
    harness.close();
    harness = harness();
    harness.initializeState(snapshot);
    harness.open();
    pass(24);
    assertThat(updates()).containsExactly("DELETE_PENDING gone 2", "DELETE gone 2");
  }

  private static KeyedTwoInputStreamOperatorTestHarness<
          Integer, PassageEvent, PartitionEvent, CellUpdate>
      harness() throws Exception {
    AssignSettings settings =
        new AssignSettings(SHARDS, Duration.ofSeconds(10), Duration.ofDays(30), 10);
    var harness =
        new KeyedTwoInputStreamOperatorTestHarness<>(
            new AssignOperator(settings),
            SHARDS.by(PassageEvent::shard),
            null,
            Types.INT,
            SHARDS.count(),
            1,
            0);
    harness.setStateBackend(new EmbeddedRocksDBStateBackend());
    return harness;
  }

  private void begin(long round) throws Exception {
    send(PassageEvent.of(new ShardRound(SHARD, round, false, List.of(), List.of())));
  }

  private void end(long round) throws Exception {
    List<Integer> versions = new ArrayList<>(List.of(1));
    send(PassageEvent.of(new ShardRound(SHARD, round, true, versions, versions)));
  }

  private void publish(String document, long revision, float entry, boolean again)
      throws Exception {
    Hash128 uid = Hash128.ofTexts(document);
    PassageVectors record =
        new PassageVectors(
            document,
            SHARD,
            1,
            new DocumentRevision(
                revision,
                DocumentRevision.NO_EDIT,
                Outcome.ADDED,
                "",
                new EditTimes(null, Instant.EPOCH, Instant.EPOCH),
                0,
                VectorCounts.NONE,
                Provenance.NONE),
            RecordPart.WHOLE,
            List.of(new ManifestEntry(uid, 0, 1)),
            List.of(new PassageInsert(uid, uid, document, new float[] {entry, 1})));
    send(PassageEvent.of(record, again));
  }

  private void send(PassageEvent event) throws Exception {
    harness.processElement1(new StreamRecord<>(event));
  }

  private void pass(int seconds) throws Exception {
    for (int i = 0; i < seconds; i++) {
      now += 1_000;
      harness.setProcessingTime(now);
      BeatPosition beat = new BeatPosition(7, now);
      send(PassageEvent.of(new CountedBeat(beat, Long.MAX_VALUE, null), SHARD));
      send(PassageEvent.settled(SHARD, beat));
    }
  }

  private List<String> updates() {
    return harness.extractOutputValues().stream()
        .map(
            update ->
                update.kind() + " " + update.change().document() + " " + update.change().revision())
        .toList();
  }
}
