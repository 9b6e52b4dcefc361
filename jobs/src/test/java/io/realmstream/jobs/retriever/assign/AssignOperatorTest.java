package io.realmstream.jobs.retriever.assign;

import static io.realmstream.schemas.document.Provenance.NONE;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.jobs.Shards;
import io.realmstream.jobs.retriever.IndexHarnesses;
import io.realmstream.jobs.retriever.vectors.CountedBeat;
import io.realmstream.jobs.retriever.vectors.PassageEvent;
import io.realmstream.model.index.partition.Centroids;
import io.realmstream.model.index.partition.Partition;
import io.realmstream.model.index.partition.PartitionChunk;
import io.realmstream.model.index.partition.PartitionEvent;
import io.realmstream.model.index.partition.PartitionHead;
import io.realmstream.model.index.partition.PartitionId;
import io.realmstream.model.index.partition.ProbeLimit;
import io.realmstream.model.serving.BeatPosition;
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

  private static final long RUN = 7;

  /** The checkpoint that the harness restores. */
  private static final long RESTORED = 0;

  /** Deletes share timers of whole seconds. */
  private static final long SURELY_DUE_MS = DELAY_MS + 1_000;

  private KeyedTwoInputStreamOperatorTestHarness<Integer, PassageEvent, PartitionEvent, CellUpdate>
      harness;

  private Hash128 edit = DocumentRevision.NO_EDIT;
  private long beats;

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
  void insertsGoOutAtOnceAndDeletesAWhileAfterAnswersSeeThem() throws Exception {
    publish(1, Outcome.ADDED, List.of(A, B), A, B);
    publish(2, Outcome.UPDATED, List.of(A, C), C);
    assertThat(updates()).containsExactly("+A@1", "+B@1", "+C@2");

    assertThat(harness.extractOutputValues())
        .last()
        .returns(CellUpdate.Kind.DELETE_PENDING, CellUpdate::kind)
        .returns(B, update -> update.passage().uid());

    pass(DELAY_MS - 1);
    assertThat(updates()).hasSize(3);
    pass(SURELY_DUE_MS);
    assertThat(updates()).endsWith("-B@2").hasSize(4);
  }

  @Test
  void passageThatComesBackInTimeStays() throws Exception {
    publish(1, Outcome.ADDED, List.of(A, B), A, B);
    publish(2, Outcome.UPDATED, List.of(A));
    publish(3, Outcome.UPDATED, List.of(A, B), B);
    pass(SURELY_DUE_MS);

    assertThat(updates()).containsExactly("+A@1", "+B@1", "+B@3");
  }

  @Test
  void lateRecordIsIgnoredAlsoAfterADelete() throws Exception {
    publish(3, Outcome.ADDED, List.of(A), A);
    publish(2, Outcome.ADDED, List.of(B), B);
    publish(5, Outcome.DELETED, List.of());
    publish(4, Outcome.UPDATED, List.of(C), C);
    pass(SURELY_DUE_MS);

    assertThat(updates()).containsExactly("+A@3", "-A@5");
  }

  @Test
  void anEditThatLostComesBehindTheOneThatWonAndIsIgnored() throws Exception {
    edit = new Hash128(0, 2);
    publish(1, Outcome.ADDED, List.of(A), A);
    edit = new Hash128(0, 1);
    publish(1, Outcome.UPDATED, List.of(B), B);
    pass(SURELY_DUE_MS);
    assertThat(updates()).containsExactly("+A@1");
  }

  /** The cell takes the later one of equal revision. */
  @Test
  void theThirdEditOfARevisionBringsBackWhatTheSecondTookAway() throws Exception {
    publish(1, Outcome.ADDED, List.of(A, B), A, B);
    edit = new Hash128(0, 1);
    publish(1, Outcome.UPDATED, List.of(A));
    pass(SURELY_DUE_MS);
    edit = new Hash128(0, 2);
    publish(1, Outcome.UPDATED, List.of(A, B), B);
    pass(2 * SURELY_DUE_MS);

    assertThat(updates()).containsExactly("+A@1", "+B@1", "-B@1", "+B@1");
  }

  @Test
  void passagesOfAPartWhoseRevisionNeverCameWholeAreDeleted() throws Exception {
    send(record(revision(1, Outcome.ADDED), new RecordPart(0, 2), List.of(), B));
    publish(2, Outcome.ADDED, List.of(A), A);
    pass(SURELY_DUE_MS);

    assertThat(updates()).containsExactly("+B@1", "+A@2", "-B@2");
  }

  @Test
  void withoutAWordNothingIsDeleted() throws Exception {
    publish(1, Outcome.ADDED, List.of(A, B), A, B);
    publish(2, Outcome.UPDATED, List.of(A));
    hear(CountedBeat.NO_CHECKPOINT, new BeatPosition(RUN, 1));
    harness.setProcessingTime(100 * SURELY_DUE_MS);

    assertThat(updates()).containsExactly("+A@1", "+B@1");
    assertThat(harness.numProcessingTimeTimers()).as("nothing is due").isZero();
  }

  @Test
  void deletesOnTheirWaySurviveARestore() throws Exception {
    publish(1, Outcome.ADDED, List.of(A, B), A, B);
    publish(2, Outcome.UPDATED, List.of(A));
    settle();
    restore();
    harness.setProcessingTime(SURELY_DUE_MS);
    assertThat(updates()).as("the restored run has not said that it sees revision 2").isEmpty();

    settle(RESTORED, new BeatPosition(RUN + 1, 1));
    harness.setProcessingTime(3 * SURELY_DUE_MS);
    assertThat(updates()).containsExactly("-B@2");
  }

  /** A restore brings back what was on its way; the words of the lost run are on the topic. */
  @Test
  void wordsOfTheLostRunSayNothingBehindARestore() throws Exception {
    publish(1, Outcome.ADDED, List.of(A, B), A, B);
    publish(2, Outcome.UPDATED, List.of(A));
    restore();
    settle(CountedBeat.NO_CHECKPOINT, new BeatPosition(RUN, 1));
    harness.setProcessingTime(SURELY_DUE_MS);
    hear(RESTORED, new BeatPosition(RUN + 1, 1));
    harness.processElement1(new StreamRecord<>(PassageEvent.settled(3, new BeatPosition(RUN, 2))));
    harness.setProcessingTime(3 * SURELY_DUE_MS);

    assertThat(updates()).isEmpty();
  }

  private void restore() throws Exception {
    OperatorSubtaskState snapshot = harness.snapshot(1, 1);
    harness.close();
    harness = harness();
    harness.initializeState(snapshot);
    harness.open();
  }

  /** Sees all that came, and lets time pass. */
  private void pass(long nowMs) throws Exception {
    settle();
    harness.setProcessingTime(nowMs);
  }

  private void settle() throws Exception {
    settle(CountedBeat.NO_CHECKPOINT, new BeatPosition(RUN, ++beats));
  }

  private void settle(long restored, BeatPosition beat) throws Exception {
    hear(restored, beat);
    harness.processElement1(new StreamRecord<>(PassageEvent.settled(3, beat)));
  }

  private void hear(long restored, BeatPosition beat) throws Exception {
    CountedBeat counted = new CountedBeat(beat, restored, null);
    harness.processElement1(new StreamRecord<>(PassageEvent.of(counted, 3)));
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
    List<ManifestEntry> manifest = all.stream().map(uid -> new ManifestEntry(uid, 0, 1)).toList();
    send(record(revision(revision, outcome), RecordPart.WHOLE, manifest, inserted));
  }

  private DocumentRevision revision(long number, Outcome outcome) {
    EditTimes times = new EditTimes(null, Instant.EPOCH, Instant.EPOCH);
    return new DocumentRevision(number, edit, outcome, "", times, 0, VectorCounts.NONE, NONE);
  }

  private static PassageVectors record(
      DocumentRevision revision,
      RecordPart part,
      List<ManifestEntry> manifest,
      Hash128... inserted) {
    List<PassageInsert> inserts =
        Arrays.stream(inserted)
            .map(uid -> new PassageInsert(uid, uid, "text", new float[] {1}))
            .toList();
    return new PassageVectors("doc", 3, 1, revision, part, manifest, new ArrayList<>(inserts));
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
