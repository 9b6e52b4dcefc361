package io.realmstream.jobs.retriever.passages;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.jobs.Shards;
import io.realmstream.jobs.retriever.StateEntries;
import io.realmstream.jobs.retriever.vectors.PassageEvent;
import io.realmstream.model.serving.revision.Ack;
import io.realmstream.model.serving.revision.SupersededRevisions;
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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which revision a question sees, by when it was stamped, and which of two edits of one. */
class SupersededRevisionsTest {
  private static final Shards SHARDS = new Shards(16);
  private static final int SHARD = 3;
  private static final Hash128 A = new Hash128(0, 1);
  private static final Hash128 B = new Hash128(0, 2);
  private static final long NOW = Long.MAX_VALUE;

  private KeyedTwoInputStreamOperatorTestHarness<Integer, PassageEvent, Lookup, Found> harness;
  private Hash128 edit = DocumentRevision.NO_EDIT;

  @BeforeEach
  void start() throws Exception {
    harness =
        new KeyedTwoInputStreamOperatorTestHarness<>(
            new KeyedCoProcessOperator<>(new PassagesFunction(SHARDS, Duration.ofHours(1))),
            event -> SHARDS.key(event.shard()),
            lookup -> SHARDS.key(lookup.shard()),
            Types.INT,
            16,
            1,
            0);
    harness.setStateBackend(new EmbeddedRocksDBStateBackend());
    harness.open();
  }

  @AfterEach
  void stop() throws Exception {
    harness.close();
  }

  @Test
  void questionSeesWhatWasCurrentWhenItWasStamped() throws Exception {
    harness.setProcessingTime(10);
    publish(1, Outcome.ADDED, A);
    harness.setProcessingTime(20);
    publish(2, Outcome.UPDATED, B);
    harness.setProcessingTime(30);
    publish(3, Outcome.DELETED);

    assertThat(served(10)).isEmpty();
    assertThat(served(11)).containsExactly("1:A");
    assertThat(served(20)).containsExactly("1:A");
    assertThat(served(21)).containsExactly("2:B");
    assertThat(served(30)).containsExactly("2:B");
    assertThat(served(31)).isEmpty();
  }

  /** The clock of whoever stamped it may be behind: what it claims may speak of the newer one. */
  @Test
  void questionSeesNoRevisionFromBeforeWhatItsAnswerClaims() throws Exception {
    harness.setProcessingTime(10);
    publish(1, Outcome.ADDED, A);
    beat(500);
    harness.setProcessingTime(20);
    publish(2, Outcome.UPDATED, B);
    beat(600);

    assertThat(served(15, 500)).containsExactly("1:A");
    assertThat(served(15, 501)).containsExactly("2:B");
    assertThat(served(15, 600)).containsExactly("2:B");
    assertThat(served(20, 600)).containsExactly("2:B");
  }

  private void beat(long throughMs) throws Exception {
    Heartbeat beat =
        new Heartbeat(1, 0, 1, Instant.ofEpochMilli(throughMs), 1, 16, List.of(), List.of());
    send(PassagesHarness.heard(beat, SHARD, 1));
  }

  @Test
  void whatWasCurrentIsForgottenAfterAWhile() throws Exception {
    harness.setProcessingTime(10);
    publish(1, Outcome.ADDED, A);
    publish(2, Outcome.UPDATED, B);
    int entries = harness.numProcessingTimeTimers();
    harness.setProcessingTime(10 + SupersededRevisions.KEPT_MS + 1_000);

    assertThat(entries).isEqualTo(1);
    assertThat(harness.numProcessingTimeTimers()).isZero();
    assertThat(served(5)).containsExactly("2:B");
  }

  @Test
  void passageThatLeavesAndComesBackIsSeenThroughout() throws Exception {
    harness.setProcessingTime(10);
    publish(1, Outcome.ADDED, A);
    harness.setProcessingTime(1_500);
    publish(2, Outcome.UPDATED);
    harness.setProcessingTime(10_900);
    publish(3, Outcome.UPDATED, A);
    harness.setProcessingTime(11_500);
    publish(4, Outcome.UPDATED);

    harness.setProcessingTime(12_000); // the first revisions are forgotten
    assertThat(served(11_400)).containsExactly("3:A");
    assertThat(served(NOW)).isEmpty();
  }

  @Test
  void ofTwoEditsOfARevisionTheLargerIsServedHoweverOftenTheOtherComes() throws Exception {
    edit = new Hash128(0, 1);
    publish(1, Outcome.ADDED, A);
    edit = new Hash128(0, 2);
    publish(1, Outcome.UPDATED, B);
    assertThat(served(NOW)).containsExactly("1:B");

    edit = new Hash128(0, 1); // repeated by a restarted updater
    publish(1, Outcome.UPDATED, A);
    assertThat(served(NOW)).containsExactly("1:B");

    publish(1, Outcome.DELETED);
    assertThat(served(NOW)).isEmpty();

    publish(1, Outcome.ADDED, A); // repeated by a restarted updater
    assertThat(served(NOW)).isEmpty();
  }

  /** Two writers of one document: each revision comes twice, and the smaller edit loses. */
  @Test
  void acknowledgementsOfEditsThatHaveLostLeaveNothingBehind() throws Exception {
    int before = 0;
    for (int revision = 1; revision <= 365; revision++) {
      edit = new Hash128(0, 1);
      record(revision, Outcome.UPDATED, B);
      edit = new Hash128(0, 2);
      publish(revision, Outcome.UPDATED, A);
      edit = new Hash128(0, 1); // its cell was slow
      acknowledge(new Hash128(7, revision), revision);
      harness.setProcessingTime(20_000L * revision);
      before = revision == 1 ? StateEntries.count(harness) : before;
    }

    assertThat(served(NOW)).containsExactly("365:A");
    assertThat(StateEntries.count(harness)).isEqualTo(before);
  }

  @Test
  void acknowledgementOfTheGreaterEditMayOvertakeItsRecord() throws Exception {
    edit = new Hash128(0, 1);
    publish(1, Outcome.ADDED, A);
    edit = new Hash128(0, 2);
    publish(1, Outcome.UPDATED, B); // acknowledged first

    assertThat(served(NOW)).containsExactly("1:B");
  }

  @Test
  void aYearOfEditsOfOneDocumentLeavesNoMoreThanOne() throws Exception {
    publish(1, Outcome.ADDED, A);
    harness.setProcessingTime(20_000);
    int before = StateEntries.count(harness);
    for (int revision = 2; revision <= 3_650; revision++) {
      publish(revision, Outcome.UPDATED, revision % 2 == 0 ? B : A);
      harness.setProcessingTime(20_000 + 100L * revision);
    }
    harness.setProcessingTime(10_000_000);

    assertThat(StateEntries.count(harness)).isEqualTo(before);
  }

  @Test
  void acknowledgementMayOvertakeARevisionThatLacksThePassage() throws Exception {
    publish(1, Outcome.ADDED, A);
    acknowledge(A, 3);
    record(2, Outcome.DELETED);
    record(3, Outcome.ADDED, A);

    assertThat(served(NOW)).containsExactly("3:A");
  }

  @Test
  void partsOfTheNextRevisionStayWhenOneBecomesCurrent() throws Exception {
    record(1, Outcome.ADDED, A);
    send(PassageEvent.of(vectors(2, new Part(0, 2), Outcome.UPDATED, B)));
    acknowledge(B, 2);
    acknowledge(A, 1);
    assertThat(served(NOW)).containsExactly("1:A");

    send(PassageEvent.of(vectors(2, new Part(1, 2), Outcome.UPDATED, A, B)));
    acknowledge(A, 2);
    assertThat(served(NOW)).containsExactly("2:A", "2:B");
  }

  /** A revision of these passages alone, acknowledged at once. */
  private void publish(long revision, Outcome outcome, Hash128... uids) throws Exception {
    for (Hash128 uid : uids) {
      acknowledge(uid, revision);
    }
    record(revision, outcome, uids);
  }

  private void acknowledge(Hash128 uid, long revision) throws Exception {
    send(PassageEvent.of(new Ack(SHARD, 1, "doc", uid, revision, edit, 0, 1)));
  }

  private void record(long revision, Outcome outcome, Hash128... uids) throws Exception {
    send(PassageEvent.of(vectors(revision, new Part(0, 1), outcome, uids)));
  }

  private record Part(int number, int of) {}

  /** The last part has the manifest: of its own passages. */
  private PassageVectors vectors(long revision, Part part, Outcome outcome, Hash128... uids) {
    boolean last = part.number() == part.of() - 1;
    List<ManifestEntry> manifest = new ArrayList<>();
    List<PassageInsert> inserts = new ArrayList<>();
    for (Hash128 uid : uids) {
      if (last) {
        manifest.add(new ManifestEntry(uid, 0, 1));
      }
      inserts.add(new PassageInsert(uid, uid, uid.equals(A) ? "A" : "B", new float[0]));
    }
    Instant time = Instant.EPOCH;
    return new PassageVectors(
        "doc",
        SHARD,
        1,
        new DocumentRevision(
            revision,
            edit,
            outcome,
            "",
            new EditTimes(null, time, time),
            0,
            VectorCounts.NONE,
            Provenance.NONE),
        new RecordPart(part.number(), part.of()),
        manifest,
        inserts);
  }

  private void send(PassageEvent event) throws Exception {
    harness.processElement1(new StreamRecord<>(event));
  }

  private List<String> served(long stampedMs) throws Exception {
    return served(stampedMs, Long.MIN_VALUE);
  }

  /** To a question whose answer will claim that. */
  private List<String> served(long stampedMs, long throughMs) throws Exception {
    harness.getOutput().clear();
    harness.processElement2(
        new StreamRecord<>(new Lookup("q", 0, 1, SHARD, List.of(A, B), stampedMs, throughMs)));
    return harness.extractOutputValues().get(0).passages().stream()
        .map(passage -> passage.quoted().revision() + ":" + passage.quoted().text())
        .toList();
  }
}
