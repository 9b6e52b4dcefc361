package io.realmstream.jobs.retriever.assign;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.jobs.Shards;
import io.realmstream.jobs.retriever.IndexHarnesses;
import io.realmstream.jobs.retriever.vectors.PassageEvent;
import io.realmstream.model.index.partition.Centroids;
import io.realmstream.model.index.partition.Partition;
import io.realmstream.model.index.partition.PartitionChunk;
import io.realmstream.model.index.partition.PartitionEvent;
import io.realmstream.model.index.partition.PartitionHead;
import io.realmstream.model.index.partition.PartitionId;
import io.realmstream.model.index.partition.ProbeLimit;
import io.realmstream.model.serving.placement.CellUpdate;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.document.Outcome;
import io.realmstream.schemas.document.VectorCounts;
import io.realmstream.schemas.vectors.DocumentRevision;
import io.realmstream.schemas.vectors.EditTimes;
import io.realmstream.schemas.vectors.ManifestEntry;
import io.realmstream.schemas.vectors.PassageInsert;
import io.realmstream.schemas.vectors.PassageVectors;
import io.realmstream.schemas.vectors.RecordPart;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AssignOperatorTest {
  private static final Hash128 A = new Hash128(0, 1);
  private static final Hash128 B = new Hash128(0, 2);
  private static final Hash128 C = new Hash128(0, 3);
  private static final Shards SHARDS = new Shards(16);
  private static final long DELAY_MS = 10_000;

  /** Deletes share timers of whole seconds. */
  private static final long SURELY_DUE_MS = DELAY_MS + 1_000;

  private KeyedTwoInputStreamOperatorTestHarness<Integer, PassageEvent, PartitionEvent, CellUpdate>
      harness;

  private Hash128 edit = DocumentRevision.NO_EDIT;

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
  void insertsGoOutAtOnceAndDeletesAfterTheDelay() throws Exception {
    publish(1, Outcome.ADDED, List.of(A, B), A, B);
    publish(2, Outcome.UPDATED, List.of(A, C), C);
    assertThat(updates()).containsExactly("+A@1", "+B@1", "+C@2");

    assertThat(harness.extractOutputValues())
        .last()
        .returns(CellUpdate.Kind.DELETE_PENDING, CellUpdate::kind)
        .returns(B, update -> update.passage().uid());

    harness.setProcessingTime(DELAY_MS - 1);
    assertThat(updates()).hasSize(3);
    harness.setProcessingTime(SURELY_DUE_MS);
    assertThat(updates()).endsWith("-B@2").hasSize(4);
  }

  @Test
  void passageThatComesBackInTimeStays() throws Exception {
    publish(1, Outcome.ADDED, List.of(A, B), A, B);
    publish(2, Outcome.UPDATED, List.of(A));
    publish(3, Outcome.UPDATED, List.of(A, B), B);
    harness.setProcessingTime(SURELY_DUE_MS);

    assertThat(updates()).containsExactly("+A@1", "+B@1", "+B@3");
  }

  @Test
  void lateRecordIsIgnoredAlsoAfterADelete() throws Exception {
    publish(3, Outcome.ADDED, List.of(A), A);
    publish(2, Outcome.ADDED, List.of(B), B);
    publish(5, Outcome.DELETED, List.of());
    publish(4, Outcome.UPDATED, List.of(C), C);
    harness.setProcessingTime(SURELY_DUE_MS);

    assertThat(updates()).containsExactly("+A@3", "-A@5");
  }

  @Test
  void anEditThatLostComesBehindTheOneThatWonAndIsIgnored() throws Exception {
    edit = new Hash128(0, 2);
    publish(1, Outcome.ADDED, List.of(A), A);
    edit = new Hash128(0, 1);
    publish(1, Outcome.UPDATED, List.of(B), B);
    harness.setProcessingTime(SURELY_DUE_MS);
    assertThat(updates()).containsExactly("+A@1");
  }

  /** The cell takes the later one of equal revision. */
  @Test
  void theThirdEditOfARevisionBringsBackWhatTheSecondTookAway() throws Exception {
    publish(1, Outcome.ADDED, List.of(A, B), A, B);
    edit = new Hash128(0, 1);
    publish(1, Outcome.UPDATED, List.of(A));
    harness.setProcessingTime(SURELY_DUE_MS);
    edit = new Hash128(0, 2);
    publish(1, Outcome.UPDATED, List.of(A, B), B);
    harness.setProcessingTime(2 * SURELY_DUE_MS);

    assertThat(updates()).containsExactly("+A@1", "+B@1", "-B@1", "+B@1");
  }

  @Test
  void passagesOfAPartWhoseRevisionNeverCameWholeAreDeleted() throws Exception {
    send(record(1, 0, 2, B));
    publish(2, Outcome.ADDED, List.of(A), A);
    harness.setProcessingTime(SURELY_DUE_MS);

    assertThat(updates()).containsExactly("+B@1", "+A@2", "-B@2");
  }

  @Test
  void deletesOnTheirWaySurviveARestore() throws Exception {
    publish(1, Outcome.ADDED, List.of(A, B), A, B);
    publish(2, Outcome.UPDATED, List.of(A));
    OperatorSubtaskState snapshot = harness.snapshot(1, 1);
    harness.close();
    harness = harness();
    harness.initializeState(snapshot);
    harness.open();
    harness.setProcessingTime(SURELY_DUE_MS);

    assertThat(updates()).containsExactly("-B@2");
  }

  @Test
  void partitionThatLacksAChunkTakesNothing() throws Exception {
    float[] centroids = new float[2 * (PartitionChunk.CENTROIDS + 1)];
    centroids[2 * PartitionChunk.CENTROIDS] = 1;
    Partition partition = Partition.of(new Centroids(centroids, 1), ProbeLimit.of(3));
    List<PartitionChunk> chunks = PartitionChunk.of(partition);
    PartitionId id = new PartitionId(1, 1);
    PartitionEvent fill = PartitionEvent.fill(id, 7, PartitionHead.of(partition, 100));
    hear(PartitionEvent.chunk(id, chunks.get(1)));
    hear(fill);
    hear(PartitionEvent.of(PartitionEvent.Kind.SERVE, id, 7));
    publish(1, Outcome.ADDED, List.of(A), A);
    assertThat(harness.extractOutputValues())
        .extracting(update -> update.place().partition())
        .containsOnly(0);

    hear(PartitionEvent.chunk(id, chunks.get(0)));
    hear(fill);
    IndexHarnesses.awaitAssembled((AssignOperator) harness.getOperator());
    publish(2, Outcome.UPDATED, List.of(A, B), B);
    assertThat(harness.extractOutputValues())
        .filteredOn(update -> update.passage().uid().equals(B))
        .extracting(update -> update.place().partition())
        .containsExactlyInAnyOrder(0, 1);
  }

  private void hear(PartitionEvent event) throws Exception {
    harness.processElement2(new StreamRecord<>(event));
  }

  private static KeyedTwoInputStreamOperatorTestHarness<
          Integer, PassageEvent, PartitionEvent, CellUpdate>
      harness() throws Exception {
    AssignSettings settings =
        new AssignSettings(SHARDS, Duration.ofMillis(DELAY_MS), Duration.ofDays(1), 1_000);
    KeyedTwoInputStreamOperatorTestHarness<Integer, PassageEvent, PartitionEvent, CellUpdate>
        harness =
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

  private void publish(long revision, Outcome outcome, List<Hash128> all, Hash128... inserted)
      throws Exception {
    PassageVectors part = record(revision, 0, 1, inserted);
    List<ManifestEntry> manifest = all.stream().map(uid -> new ManifestEntry(uid, 0, 1)).toList();
    send(
        new PassageVectors(
            part.document(),
            part.shard(),
            1,
            new DocumentRevision(
                revision,
                edit,
                outcome,
                "",
                new EditTimes(null, Instant.EPOCH, Instant.EPOCH),
                0,
                VectorCounts.NONE),
            RecordPart.WHOLE,
            manifest,
            part.inserts()));
  }

  private PassageVectors record(long revision, int part, int parts, Hash128... inserted) {
    List<PassageInsert> inserts =
        Arrays.stream(inserted)
            .map(uid -> new PassageInsert(uid, uid, "text", new float[] {1}))
            .toList();
    Instant time = Instant.EPOCH;
    return new PassageVectors(
        "doc",
        3,
        1,
        new DocumentRevision(
            revision,
            edit,
            Outcome.ADDED,
            "",
            new EditTimes(null, time, time),
            0,
            VectorCounts.NONE),
        new RecordPart(part, parts),
        List.of(),
        new ArrayList<>(inserts));
  }

  private void send(PassageVectors record) throws Exception {
    harness.processElement1(new StreamRecord<>(PassageEvent.of(record)));
  }

  private List<String> updates() {
    return harness.extractOutputValues().stream()
        .filter(update -> update.kind() != CellUpdate.Kind.DELETE_PENDING)
        .map(
            update ->
                (update.kind() == CellUpdate.Kind.INSERT ? "+" : "-")
                    + Character.toString('A' + (int) update.passage().uid().low() - 1)
                    + "@"
                    + update.change().revision())
        .toList();
  }
}
