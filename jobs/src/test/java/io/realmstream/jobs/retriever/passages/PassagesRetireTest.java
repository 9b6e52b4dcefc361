package io.realmstream.jobs.retriever.passages;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.jobs.Shards;
import io.realmstream.jobs.retriever.StateEntries;
import io.realmstream.jobs.retriever.vectors.PassageEvent;
import io.realmstream.model.serving.revision.Ack;
import io.realmstream.model.serving.revision.SupersededRevisions;
import io.realmstream.model.version.EndedIndexes;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.document.Outcome;
import io.realmstream.schemas.document.Provenance;
import io.realmstream.schemas.document.VectorCounts;
import io.realmstream.schemas.vectors.DocumentRevision;
import io.realmstream.schemas.vectors.EditTimes;
import io.realmstream.schemas.vectors.Heartbeat;
import io.realmstream.schemas.vectors.ManifestEntry;
import io.realmstream.schemas.vectors.PassageInsert;
import io.realmstream.schemas.vectors.PassageVectors;
import io.realmstream.schemas.vectors.RecordPart;
import io.realmstream.schemas.vectors.ShardComplete;
import io.realmstream.schemas.vectors.ShardRetired;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a document shard keeps of a version that had its time. */
class PassagesRetireTest {
  private static final Shards SHARDS = new Shards(16);
  private static final int SHARD = 3;
  private static final int DOCUMENTS = 300;

  /** What was current is kept for so long, and the second that its timer waits for. */
  private static final int KEPT_MS = (int) SupersededRevisions.KEPT_MS + 1_000;

  private KeyedTwoInputStreamOperatorTestHarness<Integer, PassageEvent, Lookup, Found> harness;
  private int before;
  private long nowMs;

  @SuppressWarnings("NullAway.Init") // set before each test
  PassagesRetireTest() {}

  @BeforeEach
  void publish() throws Exception {
    harness = harness(null);
    serve(1);
    before = StateEntries.count(harness);
    serve(2);
    send(PassageEvent.of(record(2, 0, 2))); // staged, and never acknowledged
  }

  @AfterEach
  void stop() throws Exception {
    harness.close();
  }

  @Test
  void stateIsGivenBackSomeAtATimeWhileTheOtherVersionAnswers() throws Exception {
    send(PassageEvent.of(new ShardRetired(2, SHARD)));
    pass(1);
    assertThat(StateEntries.count(harness)).isGreaterThan(before + 1);
    assertThat(found(1)).isEqualTo(1);

    pass(30);
    assertThat(StateEntries.count(harness)).isEqualTo(before + 1); // the mark
    assertThat(found(1)).isEqualTo(1);
    assertThat(found(2)).isZero();
  }

  @Test
  void restoreInItsMidstLosesNothing() throws Exception {
    send(PassageEvent.of(new ShardRetired(2, SHARD)));
    pass(1);
    OperatorSubtaskState snapshot = harness.snapshot(1, 1);
    harness.close();
    harness = harness(snapshot);
    pass(30);

    assertThat(StateEntries.count(harness)).isEqualTo(before + 1);
  }

  @Test
  void lateAcknowledgementAndLateRecordLeaveNothingBehind() throws Exception {
    send(PassageEvent.of(new ShardRetired(2, SHARD)));
    pass(30);
    send(PassageEvent.of(new Ack(SHARD, 2, "d0", uid(0), 2, DocumentRevision.NO_EDIT, 0, 1)));
    send(PassageEvent.of(record(2, 0, 3)));

    assertThat(StateEntries.count(harness)).isEqualTo(before + 1);
  }

  /** The record in the vectors topic is lost. */
  @Test
  void whatTheLogSaysSufficesWhenTheShardsWordIsLost() throws Exception {
    send(PassageEvent.ended(SHARD, new EndedIndexes(2, List.of(1, 2), List.of())));
    pass(30);
    assertThat(found(2)).isEqualTo(1);

    send(PassageEvent.ended(SHARD, new EndedIndexes(2, List.of(1), List.of())));
    pass(30);
    assertThat(StateEntries.count(harness)).isEqualTo(before + 1);
    assertThat(found(1)).isEqualTo(1);
    assertThat(found(2)).isZero();
  }

  /** A revision that is staged in the version that goes away must keep nobody waiting. */
  @Test
  void freshnessGoesOnBehindARestoreInItsMidst() throws Exception {
    send(PassageEvent.of(new ShardRetired(2, SHARD)));
    pass(1);
    OperatorSubtaskState snapshot = harness.snapshot(1, 1);
    harness.close();
    harness = harness(snapshot);
    pass(30);
    Instant through = Instant.ofEpochMilli(500);
    Heartbeat beat = new Heartbeat(1, 0, 1, through, 1, 16, List.of(), List.of());
    send(PassagesHarness.heard(beat, SHARD, 1));

    assertThat(harness.getSideOutput(PassagesFunction.NEWS))
        .extracting(record -> record.getValue().freshness())
        .extracting(word -> word == null ? null : word.through())
        .containsExactly(through);
  }

  @Test
  void aYearOfVersionsLeavesNoMoreThanOne() throws Exception {
    send(PassageEvent.of(new ShardRetired(2, SHARD)));
    pass(KEPT_MS); // what was current a moment ago is gone, too
    int least = StateEntries.count(harness);
    for (int version = 3; version <= 367; version++) {
      send(PassageEvent.ended(SHARD, new EndedIndexes(version, List.of(1, version), List.of())));
      send(PassageEvent.of(record(version, 1, 1)));
      send(PassageEvent.of(acknowledged(version, 1)));
      send(PassageEvent.of(record(version, 2, 1))); // staged for ever
      send(PassageEvent.of(new ShardComplete(version, SHARD)));
      send(PassageEvent.ended(SHARD, new EndedIndexes(version, List.of(1), List.of())));
      send(PassageEvent.of(acknowledged(version, 2)));
      send(PassageEvent.of(new ShardComplete(version, SHARD)));
      pass(4);
    }

    pass(KEPT_MS);
    assertThat(StateEntries.count(harness)).isEqualTo(least);
  }

  private static Ack acknowledged(int version, int document) {
    return new Ack(
        SHARD, version, "d" + document, uid(document), 1, DocumentRevision.NO_EDIT, 0, 1);
  }

  private static KeyedTwoInputStreamOperatorTestHarness<Integer, PassageEvent, Lookup, Found>
      harness(@Nullable OperatorSubtaskState from) throws Exception {
    var harness =
        new KeyedTwoInputStreamOperatorTestHarness<>(
            new KeyedCoProcessOperator<>(new PassagesFunction(SHARDS, Duration.ofDays(1))),
            SHARDS.by(PassageEvent::shard),
            SHARDS.by(Lookup::shard),
            Types.INT);
    harness.setStateBackend(new EmbeddedRocksDBStateBackend());
    if (from != null) {
      harness.initializeState(from);
    }
    harness.open();
    return harness;
  }

  private void serve(int version) throws Exception {
    for (int document = 0; document < DOCUMENTS; document++) {
      send(PassageEvent.of(record(version, document, 1)));
      send(
          PassageEvent.of(
              new Ack(
                  SHARD,
                  version,
                  "d" + document,
                  uid(document),
                  1,
                  DocumentRevision.NO_EDIT,
                  0,
                  1)));
    }
    assertThat(found(version)).isEqualTo(1);
  }

  private int found(int version) throws Exception {
    harness.getOutput().clear();
    harness.processElement2(
        new StreamRecord<>(
            new Lookup("q", 0, version, SHARD, List.of(uid(1)), Long.MAX_VALUE, Long.MIN_VALUE)));
    return harness.extractOutputValues().get(0).passages().size();
  }

  private void pass(int ms) throws Exception {
    for (int i = 0; i < ms; i++) {
      harness.setProcessingTime(++nowMs);
    }
  }

  private void send(PassageEvent event) throws Exception {
    harness.processElement1(new StreamRecord<>(event));
  }

  private static Hash128 uid(int document) {
    return new Hash128(7, document);
  }

  private static PassageVectors record(int version, int document, long revision) {
    Hash128 uid = uid(document);
    return new PassageVectors(
        "d" + document,
        SHARD,
        version,
        new DocumentRevision(
            revision,
            DocumentRevision.NO_EDIT,
            Outcome.ADDED,
            "Title",
            new EditTimes(null, Instant.EPOCH, Instant.EPOCH),
            0,
            VectorCounts.NONE,
            Provenance.NONE),
        RecordPart.WHOLE,
        List.of(new ManifestEntry(uid, 0, 1)),
        List.of(new PassageInsert(uid, uid, "text", new float[0])));
  }
}
