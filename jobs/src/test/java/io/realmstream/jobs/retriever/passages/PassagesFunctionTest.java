package io.realmstream.jobs.retriever.passages;

import static io.realmstream.schemas.document.Provenance.NONE;
import static io.realmstream.schemas.vectors.DocumentRevision.NO_EDIT;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.jobs.OutboundRecord;
import io.realmstream.jobs.Shards;
import io.realmstream.jobs.retriever.freshness.ShardNews;
import io.realmstream.jobs.retriever.vectors.PassageEvent;
import io.realmstream.model.serving.revision.Ack;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.document.DocumentStatus;
import io.realmstream.schemas.document.Outcome;
import io.realmstream.schemas.document.VectorCounts;
import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.vectors.DocumentRevision;
import io.realmstream.schemas.vectors.EditTimes;
import io.realmstream.schemas.vectors.Heartbeat;
import io.realmstream.schemas.vectors.ManifestEntry;
import io.realmstream.schemas.vectors.PassageInsert;
import io.realmstream.schemas.vectors.PassageVectors;
import io.realmstream.schemas.vectors.RecordPart;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PassagesFunctionTest {
  private static final Shards SHARDS = new Shards(16);
  private static final int SHARD = 3;
  private static final Hash128 A = new Hash128(0, 1);
  private static final Hash128 B = new Hash128(0, 2);
  private static final Hash128 C = new Hash128(0, 3);

  private KeyedTwoInputStreamOperatorTestHarness<Integer, PassageEvent, Lookup, Found> harness;

  @BeforeEach
  void start() throws Exception {
    harness = harness(new EmbeddedRocksDBStateBackend());
    harness.open();
  }

  @AfterEach
  void stop() throws Exception {
    harness.close();
  }

  @Test
  void revisionIsServedOnceEveryPassageIsAcknowledged() throws Exception {
    publish(1, Outcome.ADDED, List.of(A, B), A, B);
    assertThat(served()).isEmpty();
    acknowledge(A, 1);
    assertThat(served()).isEmpty();
    acknowledge(B, 1);
    assertThat(served()).containsExactly("1:A", "1:B");
    assertThat(statuses()).containsExactly("1 ADDED 2 +2 -0 =0");
  }

  @Test
  void acknowledgementsMayOvertakeTheirRecord() throws Exception {
    acknowledge(B, 1);
    acknowledge(A, 1);
    publish(1, Outcome.ADDED, List.of(A, B), A, B);

    assertThat(served()).containsExactly("1:A", "1:B");
  }

  @Test
  void oldRevisionIsServedWholeUntilTheNewOneIs() throws Exception {
    add(1, A, B);
    publish(2, Outcome.UPDATED, List.of(A, C), C);
    assertThat(served()).containsExactly("1:A", "1:B");

    acknowledge(C, 2);
    assertThat(served()).containsExactly("2:A", "2:C");
    assertThat(statuses()).endsWith("2 UPDATED 2 +1 -1 =1");
  }

  @Test
  void newerRevisionTakesThePlaceOfAStagedOne() throws Exception {
    add(1, A);
    publish(2, Outcome.UPDATED, List.of(B), B);
    publish(3, Outcome.UPDATED, List.of(C), C);
    acknowledge(B, 2);
    assertThat(served()).containsExactly("1:A");

    acknowledge(C, 3);
    assertThat(served()).containsExactly("3:C");
    assertThat(statuses()).doesNotContain("2 UPDATED 1 +1 -1 =0");
  }

  @Test
  void returnedPassageWaitsForItsNewAcknowledgement() throws Exception {
    add(1, A, B);
    publish(2, Outcome.UPDATED, List.of(A)); // B leaves, its delete is on the way to the cells
    publish(3, Outcome.UPDATED, List.of(A, B), B); // and comes back
    assertThat(served()).containsExactly("2:A");

    acknowledge(B, 3);
    assertThat(served()).containsExactly("3:A", "3:B");
  }

  @Test
  void lateAcknowledgementOfARemovedPassageLeavesNothingBehind() throws Exception {
    harness.close();
    harness = harness(new HashMapStateBackend()); // only this one counts its entries
    harness.open();
    add(1, A);
    publish(2, Outcome.UPDATED, List.of(B), B);
    publish(3, Outcome.UPDATED, List.of(A), A);
    acknowledge(A, 3);
    int entries = harness.numKeyedStateEntries();
    acknowledge(B, 2);

    assertThat(harness.numKeyedStateEntries()).isEqualTo(entries);
    assertThat(served()).containsExactly("3:A");
  }

  @Test
  void deletedDocumentIsNotServedAndOlderRecordsAreIgnored() throws Exception {
    add(1, A);
    publish(5, Outcome.DELETED, List.of());
    assertThat(served()).isEmpty();

    add(4, B);
    assertThat(served()).isEmpty();
    assertThat(statuses()).endsWith("5 DELETED 0 +0 -1 =0");
  }

  @Test
  void repetitionOfTheServedRevisionSaysNothingTwice() throws Exception {
    add(1, A, B);
    add(1, A, B);

    assertThat(statuses()).hasSize(1);
    publish(1, Outcome.UNCHANGED, List.of(A, B)); // the edit itself came twice
    assertThat(statuses()).endsWith("1 UNCHANGED 2 +0 -0 =2");
  }

  @Test
  void partsOfALargeDocumentAreServedTogether() throws Exception {
    send(record(1, new Part(0, 2, Outcome.ADDED), List.of(), A));
    acknowledge(A, 1);
    assertThat(served()).isEmpty();

    send(record(1, new Part(1, 2, Outcome.ADDED), List.of(A, B), B));
    acknowledge(B, 1);
    assertThat(served()).containsExactly("1:A", "1:B");
  }

  @Test
  void freshnessWaitsForWhatIsStaged() throws Exception {
    publish(1, Outcome.ADDED, List.of(A), A);
    beat(7, 0, 1, 1000);
    assertThat(freshness()).isEmpty();
    acknowledge(A, 1);
    assertThat(freshness()).containsExactly(1000L);
  }

  @Test
  void freshnessIsThatOfTheSlowestUpdaterSubtaskOfTheNewestRun() throws Exception {
    beat(7, 0, 2, 1000);
    beat(7, 1, 2, 900);
    beat(8, 0, 1, 2000);
    beat(7, 1, 2, 3000);
    assertThat(freshness()).containsExactly(900L, 2000L);
  }

  @Test
  void stagedRevisionSurvivesARestore() throws Exception {
    add(1, A);
    publish(2, Outcome.UPDATED, List.of(B), B);
    OperatorSubtaskState snapshot = harness.snapshot(1, 1);
    harness.close();
    harness = harness(new EmbeddedRocksDBStateBackend());
    harness.initializeState(snapshot);
    harness.open();
    assertThat(served()).containsExactly("1:A");

    acknowledge(B, 2);
    assertThat(served()).containsExactly("2:B");
  }

  private static KeyedTwoInputStreamOperatorTestHarness<Integer, PassageEvent, Lookup, Found>
      harness(StateBackend backend) throws Exception {
    var operator = new KeyedCoProcessOperator<>(new PassagesFunction(SHARDS, Duration.ofDays(1)));
    var harness =
        new KeyedTwoInputStreamOperatorTestHarness<>(
            operator, SHARDS.by(PassageEvent::shard), SHARDS.by(Lookup::shard), Types.INT);
    harness.setStateBackend(backend);
    return harness;
  }

  private void add(long revision, Hash128... uids) throws Exception {
    publish(revision, Outcome.ADDED, Arrays.asList(uids), uids);
    for (Hash128 uid : uids) {
      acknowledge(uid, revision);
    }
  }

  private void publish(long revision, Outcome outcome, List<Hash128> all, Hash128... inserted)
      throws Exception {
    send(record(revision, new Part(0, 1, outcome), all, inserted));
  }

  private record Part(int number, int of, Outcome outcome) {}

  private static PassageEvent record(
      long revision, Part part, List<Hash128> all, Hash128... inserted) {
    List<ManifestEntry> manifest = all.stream().map(uid -> new ManifestEntry(uid, 0, 1)).toList();
    List<PassageInsert> inserts =
        Arrays.stream(inserted)
            .map(uid -> new PassageInsert(uid, uid, name(uid), new float[0]))
            .toList();
    EditTimes never = new EditTimes(null, Instant.EPOCH, Instant.EPOCH);
    return PassageEvent.of(
        new PassageVectors(
            "doc",
            SHARD,
            1,
            new DocumentRevision(
                revision, NO_EDIT, part.outcome(), "Title", never, 0, VectorCounts.NONE, NONE),
            new RecordPart(part.number(), part.of()),
            new ArrayList<>(manifest),
            new ArrayList<>(inserts)));
  }

  private void acknowledge(Hash128 uid, long revision) throws Exception {
    send(PassageEvent.of(new Ack(SHARD, 1, "doc", uid, revision, NO_EDIT, 0, 1)));
  }

  private void beat(long run, int subtask, int subtasks, long throughMs) throws Exception {
    var beat =
        new Heartbeat(
            run, subtask, subtasks, Heartbeat.through(throughMs), 1, 16, List.of(), List.of());
    send(PassagesHarness.heard(beat, SHARD, 1));
  }

  private void send(PassageEvent event) throws Exception {
    harness.processElement1(new StreamRecord<>(event));
  }

  private List<String> served() throws Exception {
    harness.getOutput().clear();
    harness.processElement2(
        new StreamRecord<>(new Lookup("q", 0, 1, SHARD, List.of(A, B, C), 1, Long.MIN_VALUE)));
    return harness.extractOutputValues().get(0).passages().stream()
        .map(passage -> passage.quoted().revision() + ":" + passage.quoted().text())
        .toList();
  }

  private List<String> statuses() throws Exception {
    List<String> statuses = new ArrayList<>();
    for (StreamRecord<OutboundRecord> record : harness.getSideOutput(PassagesFunction.STATUS)) {
      DocumentStatus s =
          Codecs.DOCUMENT_STATUS.decode(Objects.requireNonNull(record.getValue().value()));
      statuses.add(
          "%d %s %d +%d -%d =%d"
              .formatted(
                  s.revision(),
                  s.outcome(),
                  s.changes().passages(),
                  s.changes().added(),
                  s.changes().removed(),
                  s.changes().unchanged()));
    }
    return statuses;
  }

  private List<Long> freshness() {
    var news = harness.getSideOutput(PassagesFunction.NEWS);
    return news == null ? List.of() : news.stream().map(word -> through(word)).toList();
  }

  private static long through(StreamRecord<ShardNews> word) {
    Instant through = Objects.requireNonNull(word.getValue().freshness()).through();
    return Objects.requireNonNull(through).toEpochMilli();
  }

  private static String name(Hash128 uid) {
    return Character.toString('A' + (int) uid.low() - 1);
  }
}
