package io.realmstream.jobs.updater.documents;

import static io.realmstream.jobs.updater.documents.DocumentsHarness.PARTITIONS;
import static io.realmstream.jobs.updater.documents.DocumentsHarness.SHARDS;
import static io.realmstream.jobs.updater.documents.DocumentsHarness.delete;
import static io.realmstream.jobs.updater.documents.DocumentsHarness.ready;
import static io.realmstream.jobs.updater.documents.DocumentsHarness.table;
import static io.realmstream.jobs.updater.documents.DocumentsHarness.upsert;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.jobs.OutboundRecord;
import io.realmstream.jobs.RecordHeader;
import io.realmstream.jobs.updater.documents.DocumentsHarness.Place;
import io.realmstream.model.document.DocumentState;
import io.realmstream.model.freshness.PartitionRead;
import io.realmstream.schemas.document.AcceptedEdit;
import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.document.DocumentStatus;
import io.realmstream.schemas.document.Outcome;
import io.realmstream.schemas.json.AcceptedEditCodec;
import io.realmstream.schemas.json.BadRecordException;
import io.realmstream.schemas.vectors.Heartbeat;
import io.realmstream.schemas.vectors.PassageInsert;
import io.realmstream.schemas.vectors.PassageVectors;
import io.realmstream.schemas.vectors.ShardComplete;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;

class DocumentsAcceptedTest {

  @Test
  void acceptedEditsAreWrittenWithTheirPlaceAndOthersAreNot() throws Exception {
    try (DocumentsHarness documents = ready()) {
      documents.edit(upsert("a", 5, "Five."), 700);
      documents.edit(upsert("a", 3, "Three."), 800);
      documents.edit(upsert("a", 5, "Five."), 900);
      documents.edit(delete("b", 2), 950);

      DocumentEdit five = upsert("a", 5, "Five.");
      assertThat(written(documents))
          .containsExactly(
              new AcceptedEdit(
                  five, DocumentState.of(five).tie(), new AcceptedEdit.Origin(700, 0, 0)),
              new AcceptedEdit(
                  delete("b", 2),
                  DocumentState.deleted(2).tie(),
                  new AcceptedEdit.Origin(950, 0, 3)));
    }
  }

  @Test
  void whatWasAcceptedStandsBeforeAClientsLateEdit() throws Exception {
    try (DocumentsHarness documents = unread()) {
      Arrivals.recorded(documents, upsert("a", 5, "Five."));
      documents.edit(upsert("a", 3, "Three."));
      end(documents);

      assertThat(lastRevisions(documents)).containsExactly("a5ADDED");
      assertThat(outcomes(documents)).containsExactly("3STALE");
      assertThat(written(documents)).isEmpty();
    }
  }

  @Test
  void deletionThatOnlyTheTopicRemembersStands() throws Exception {
    try (DocumentsHarness documents = unread()) {
      Arrivals.recorded(documents, delete("a", 5));
      end(documents);
      documents.edit(upsert("a", 4, "Four."));
      documents.finish();

      assertThat(lastRevisions(documents)).containsExactly("a5DELETED");
      assertThat(outcomes(documents)).containsExactly("4STALE");
      assertThat(written(documents)).isEmpty();
    }
  }

  @Test
  void smallerEditThatAReplayLeftBehindTheGreatestIsOvertakenAgain() throws Exception {
    try (DocumentsHarness documents = unread()) {
      for (long revision : new long[] {4, 5, 4}) {
        Arrivals.recorded(documents, upsert("a", revision, "Text " + revision + "."));
        Arrivals.recorded(documents, delete("b", revision));
      }
      end(documents);

      assertThat(lastRevisions(documents)).containsExactlyInAnyOrder("a5ADDED", "b5DELETED");
      assertThat(documents.statuses()).isEmpty();
      assertThat(writtenRevisions(documents)).containsExactlyInAnyOrder("a5", "b5");
    }
  }

  @Test
  void repairedReplayIsWrittenNoMore() throws Exception {
    try (DocumentsHarness documents = unread()) {
      for (long revision : new long[] {4, 5, 4, 5}) {
        Arrivals.recorded(documents, upsert("a", revision, "Text " + revision + "."));
      }
      end(documents);

      assertThat(written(documents)).isEmpty();
    }
  }

  @Test
  void clientsEditIsWrittenBehindTheTopicsEndUnlessTheTopicHasAGreaterOne() throws Exception {
    try (DocumentsHarness documents = unread()) {
      documents.edit(upsert("a", 4, "Four."));
      documents.edit(upsert("b", 4, "Four."));
      Arrivals.recorded(documents, upsert("a", 5, "Five."));
      Arrivals.recorded(documents, upsert("b", 3, "Three."));
      assertThat(written(documents)).isEmpty();
      end(documents);

      assertThat(writtenRevisions(documents)).containsExactly("b4");
      documents.edit(upsert("a", 6, "Six."));
      assertThat(writtenRevisions(documents)).containsExactly("b4", "a6");
    }
  }

  @Test
  void equalRevisionsHaveOneWinnerWhereverTheyStand() throws Exception {
    List<DocumentEdit> rivals = new ArrayList<>();
    IntStream.range(0, 6).forEach(n -> rivals.add(upsert("a", 5, "Rival number " + n + ".")));
    DocumentEdit winner =
        Collections.max(rivals, (x, y) -> DocumentState.of(x).compareTo(DocumentState.of(y)));
    for (int turn = 0; turn < rivals.size(); turn++) {
      Collections.rotate(rivals, 1);
      try (DocumentsHarness documents = unread()) {
        for (int i = 0; i < rivals.size(); i++) {
          if (i % 2 == 0) {
            Arrivals.recorded(documents, rivals.get(i));
          } else {
            documents.edit(rivals.get(i));
          }
        }
        end(documents);

        List<PassageVectors> records = documents.records();
        assertThat(records.get(records.size() - 1).revision().edit())
            .isEqualTo(DocumentState.of(winner).tie());
      }
    }
  }

  @Test
  void editsWithoutRevisionsFollowTheTopicWhateverTheirTimes() throws Exception {
    List<AcceptedEdit> accepted;
    try (DocumentsHarness documents = ready()) {
      documents.edit(DocumentsHarness.upsert("a", 1, "One.").withRevision(null), 700);
      documents.edit(DocumentEdit.deletion("a", null), 700);
      documents.edit(DocumentsHarness.upsert("a", 1, "Three.").withRevision(null), 600);
      accepted = written(documents);
    }
    assertThat(accepted).extracting(AcceptedEdit::revision).containsExactly(700L, 700L, 700L);
    Collections.rotate(accepted, 1);
    try (DocumentsHarness documents = unread()) {
      for (AcceptedEdit edit : accepted) {
        Arrivals.recorded(documents, edit);
      }
      end(documents);
      PassageVectors last = documents.records().get(documents.records().size() - 1);
      assertThat(last.inserts()).extracting(PassageInsert::text).containsExactly("Three.");
    }
  }

  @Test
  void nothingIsClaimedBeforeTheTopicsEnd() throws Exception {
    try (DocumentsHarness documents = unread()) {
      documents.finish(); // the encoder is open: edits are embedded as they come
      Arrivals.recorded(documents, upsert("a", 5, "Five."));
      documents.awaitRecords(1);
      DocumentsHeartbeatTest.read(documents, 1, 0, 900);
      documents.time(1_000);
      documents.finish();
      documents.time(2_000);
      assertThat(documents.of(ShardComplete.class)).isEmpty();
      assertThat(documents.of(Heartbeat.class))
          .isNotEmpty()
          .allMatch(beat -> beat.through().equals(Heartbeat.through(PartitionRead.NOTHING)));

      end(documents);
      documents.time(3_000);
      assertThat(documents.of(ShardComplete.class)).hasSize(SHARDS);
      List<Heartbeat> beats = documents.of(Heartbeat.class);
      assertThat(beats.get(beats.size() - 1).through()).isEqualTo(Instant.ofEpochMilli(900));
    }
  }

  @Test
  void shardIsCompleteBehindWhatTheTopicHolds() throws Exception {
    try (DocumentsHarness documents = unread()) {
      for (int i = 0; i < 30; i++) {
        Arrivals.recorded(documents, upsert("d" + i, 1, "This is text number " + i + "."));
      }
      end(documents);

      assertThat(documents.records()).hasSize(30);
      for (PassageVectors record : documents.records()) {
        assertThat(documents.messages().indexOf(record))
            .isLessThan(documents.messages().indexOf(new ShardComplete(1, record.shard())));
      }
    }
  }

  @Test
  void stateFromBeforeThereWasTheTopicIsWrittenWholeAndOnce() throws Exception {
    OperatorSubtaskState before;
    try (DocumentsHarness documents = unread()) {
      for (int i = 0; i < 40; i++) {
        documents.edit(upsert("d" + i, 7, "This is text number " + i + "."));
      }
      documents.edit(delete("d3", 8));
      documents.finish();
      before = documents.snapshot();
    }
    try (DocumentsHarness documents = DocumentsHarness.open(Place.ALONE, before)) {
      documents.finish();
      assertThat(writtenRevisions(documents))
          .containsExactlyInAnyOrderElementsOf(
              IntStream.range(0, 40).mapToObj(i -> i == 3 ? "d38" : "d" + i + 7).toList());
      end(documents);
      assertThat(written(documents)).hasSize(40);
    }
  }

  @Test
  void debtIsPaidAfterARestart() throws Exception {
    OperatorSubtaskState state;
    try (DocumentsHarness documents = unread()) {
      for (int i = 0; i < 40; i++) {
        documents.edit(upsert("d" + i, 7, "This is text number " + i + "."));
      }
      Arrivals.end(documents, Place.ALONE);
      state = documents.snapshot();
      assertThat(written(documents)).isEmpty();
    }
    try (DocumentsHarness documents = DocumentsHarness.unread(Place.ALONE, PARTITIONS, state)) {
      documents.finish();
      assertThat(writtenRevisions(documents)).hasSize(40).doesNotHaveDuplicates();
    }
  }

  private static DocumentsHarness unread() throws Exception {
    DocumentsHarness documents = DocumentsHarness.unread(Place.ALONE, PARTITIONS);
    documents.versions(table(), Place.ALONE);
    return documents;
  }

  private static void end(DocumentsHarness documents) throws Exception {
    Arrivals.end(documents, Place.ALONE);
    documents.finish();
  }

  /** The last record of each document. */
  private static List<String> lastRevisions(DocumentsHarness documents) {
    List<String> last = new ArrayList<>();
    for (PassageVectors record : documents.records()) {
      last.removeIf(text -> text.startsWith(record.document()));
      last.add(record.document() + record.revision().number() + record.revision().outcome());
    }
    return last;
  }

  private static List<String> outcomes(DocumentsHarness documents) throws BadRecordException {
    List<String> outcomes = new ArrayList<>();
    for (DocumentStatus status : documents.statuses()) {
      assertThat(status.outcome()).isEqualTo(Outcome.STALE);
      outcomes.add(status.revision() + "" + status.outcome());
    }
    return outcomes;
  }

  /** What was written to the topic of accepted edits. */
  private static List<AcceptedEdit> written(DocumentsHarness documents) throws BadRecordException {
    List<AcceptedEdit> written = new ArrayList<>();
    for (OutboundRecord record : documents.side(DocumentsOutput.ACCEPTED)) {
      Map<String, byte[]> headers =
          record.headers().stream()
              .collect(Collectors.toMap(RecordHeader::key, RecordHeader::value));
      written.add(AcceptedEditCodec.decode(record.key(), record.value(), headers));
    }
    return written;
  }

  private static List<String> writtenRevisions(DocumentsHarness documents)
      throws BadRecordException {
    return written(documents).stream()
        .map(accepted -> accepted.edit().id() + accepted.revision())
        .toList();
  }
}
