package io.realmstream.jobs.updater.documents;

import static io.realmstream.jobs.updater.documents.DocumentsHarness.CHECKPOINT;
import static io.realmstream.jobs.updater.documents.DocumentsHarness.PARTITIONS;
import static io.realmstream.jobs.updater.documents.DocumentsHarness.SHARDS;
import static io.realmstream.jobs.updater.documents.DocumentsHarness.delete;
import static io.realmstream.jobs.updater.documents.DocumentsHarness.longText;
import static io.realmstream.jobs.updater.documents.DocumentsHarness.ready;
import static io.realmstream.jobs.updater.documents.DocumentsHarness.table;
import static io.realmstream.jobs.updater.documents.DocumentsHarness.upsert;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.jobs.updater.documents.DocumentsHarness.Place;
import io.realmstream.model.document.DocumentState;
import io.realmstream.model.encoder.Encoder;
import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.document.DocumentStatus;
import io.realmstream.schemas.document.EditKind;
import io.realmstream.schemas.document.Outcome;
import io.realmstream.schemas.document.Provenance;
import io.realmstream.schemas.vectors.ManifestEntry;
import io.realmstream.schemas.vectors.PassageInsert;
import io.realmstream.schemas.vectors.PassageVectors;
import io.realmstream.schemas.vectors.ShardComplete;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DocumentsOperatorTest {

  @Test
  void editBecomesTheVectorsOfItsPassages() throws Exception {
    try (DocumentsHarness documents = ready();
        Encoder encoder =
            Encoder.open(CHECKPOINT.documentTower(), DocumentsHarness.MODELS.parts())) {
      documents.edit(
          new DocumentEdit(
              "a", 5L, EditKind.UPSERT, "Title", "A text.", true, Instant.EPOCH, Provenance.NONE));
      documents.awaitRecords(1);

      PassageVectors record = documents.records().get(0);
      PassageInsert insert = record.inserts().get(0);
      assertThat(record.document()).isEqualTo("a");
      assertThat(record.revision().number()).isEqualTo(5);
      assertThat(record.version()).isEqualTo(1);
      assertThat(record.revision().outcome()).isEqualTo(Outcome.ADDED);
      assertThat(record.revision().title()).isEqualTo("Title");
      assertThat(record.revision().times().eventTime()).isEqualTo(Instant.EPOCH);
      assertThat(record.manifest()).containsExactly(new ManifestEntry(insert.uid(), 0, 7));
      assertThat(insert.text()).isEqualTo("A text.");
      assertThat(insert.vector()).isEqualTo(encoder.embedPassage("Title", "A text.").vector());
    }
  }

  @Test
  void everythingOfADocumentGoesToThePartitionOfItsShard() throws Exception {
    try (DocumentsHarness documents = ready()) {
      for (int i = 0; i < 20; i++) {
        documents.edit(upsert("d" + i, 1, "Text " + i + "."));
      }
      documents.awaitRecords(20);

      for (int i = 0; i < documents.outbound().size(); i++) {
        if (documents.messages().get(i) instanceof PassageVectors record) {
          assertThat(documents.outbound().get(i).partition())
              .isEqualTo(record.shard() % PARTITIONS);
        }
      }
    }
  }

  @Test
  void onlyNewPassagesOfAnUpdateTravel() throws Exception {
    try (DocumentsHarness documents = ready()) {
      documents.edit(upsert("a", 1, longText("old")));
      documents.awaitRecords(1);
      documents.edit(upsert("a", 2, longText("new")));
      documents.awaitRecords(2);

      PassageVectors before = documents.records().get(0);
      PassageVectors after = documents.records().get(1);
      assertThat(before.inserts()).hasSizeGreaterThan(2);
      assertThat(after.revision().outcome()).isEqualTo(Outcome.UPDATED);
      assertThat(after.inserts()).hasSize(1);
      assertThat(after.revision().removed()).isEqualTo(1);
      assertThat(after.manifest()).hasSameSizeAs(before.manifest());
    }
  }

  @Test
  void sameTextUnderANewRevisionIsPublishedAsUnchanged() throws Exception {
    try (DocumentsHarness documents = ready()) {
      documents.edit(upsert("a", 1, "A text."));
      documents.awaitRecords(1);
      documents.edit(upsert("a", 2, "A text."));
      documents.awaitRecords(2);

      PassageVectors record = documents.records().get(1);
      assertThat(record.revision().outcome()).isEqualTo(Outcome.UNCHANGED);
      assertThat(record.revision().number()).isEqualTo(2);
      assertThat(record.inserts()).isEmpty();
      assertThat(record.manifest()).hasSize(1);
    }
  }

  @Test
  void publishedRevisionThatComesAgainIsPublishedAgain() throws Exception {
    try (DocumentsHarness documents = ready()) {
      documents.edit(upsert("a", 1, "A text."));
      documents.awaitRecords(1);
      documents.edit(upsert("a", 1, "A text."));

      PassageVectors record = documents.records().get(1);
      assertThat(record.revision().outcome()).isEqualTo(Outcome.UNCHANGED);
      assertThat(record.inserts()).isEmpty();
      assertThat(record.manifest()).isEqualTo(documents.records().get(0).manifest());
    }
  }

  @Test
  void ofTwoEditsOfOneRevisionTheRecordsTellWhichOneWins() throws Exception {
    try (DocumentsHarness documents = ready()) {
      List<DocumentEdit> rivals =
          Stream.of(upsert("a", 1, "A text."), upsert("a", 1, "Another text."))
              .sorted(Comparator.comparing(DocumentState::of))
              .toList();
      documents.edit(rivals.get(0));
      documents.awaitRecords(1);
      documents.edit(rivals.get(1));
      documents.awaitRecords(2);

      assertThat(documents.records())
          .extracting(vectors -> vectors.revision().edit())
          .isSorted()
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void staleRevisionGoesToDocumentStatusWithItsReason() throws Exception {
    try (DocumentsHarness documents = ready()) {
      documents.edit(upsert("a", 5, "A text."));
      documents.awaitRecords(1);
      documents.edit(upsert("a", 4, "An older text."));

      DocumentStatus status = documents.statuses().get(0);
      assertThat(status.outcome()).isEqualTo(Outcome.STALE);
      assertThat(status.reason()).isEqualTo("revision 4 is older than revision 5");
      assertThat(status.changes().passages()).isEqualTo(1);
      assertThat(documents.records()).hasSize(1);
    }
  }

  @Test
  void onlyTheGreatestOfManyRevisionsInARowIsLeft() throws Exception {
    try (DocumentsHarness documents = ready()) {
      for (int revision : new int[] {3, 1, 9, 2, 8}) {
        documents.edit(upsert("a", revision, "Revision " + revision + "."));
      }
      documents.finish();

      List<PassageVectors> records = documents.records();
      assertThat(records.get(records.size() - 1).revision().number()).isEqualTo(9);
      assertThat(records).extracting(vectors -> vectors.revision().number()).isSorted();
      assertThat(documents.statuses())
          .extracting(DocumentStatus::revision)
          .containsExactly(1L, 2L, 8L);
    }
  }

  @Test
  void documentWithoutTextPublishesAnEmptyManifest() throws Exception {
    try (DocumentsHarness documents = ready()) {
      documents.edit(upsert("a", 1, " "));
      documents.awaitRecords(1);

      assertThat(documents.records().get(0).manifest()).isEmpty();
      assertThat(documents.records().get(0).revision().outcome()).isEqualTo(Outcome.ADDED);
    }
  }

  @Test
  void documentThatIsNotSplitIsOnePassageHoweverLong() throws Exception {
    try (DocumentsHarness documents = ready()) {
      String text = longText("x");
      documents.edit(
          new DocumentEdit("a", 1L, EditKind.UPSERT, "", text, false, null, Provenance.NONE));
      documents.awaitRecords(1);

      PassageVectors record = documents.records().get(0);
      assertThat(record.inserts()).extracting(PassageInsert::text).containsExactly(text);
      assertThat(record.revision().counts().truncated()).isEqualTo(1);
    }
  }

  @Test
  void deletionIsPublishedAndOutlivesLateEdits() throws Exception {
    try (DocumentsHarness documents = ready()) {
      documents.edit(upsert("a", 1, "A text."));
      documents.awaitRecords(1);
      documents.edit(delete("a", 2));
      documents.edit(upsert("a", 1, "A text."));

      PassageVectors record = documents.records().get(1);
      assertThat(record.revision().outcome()).isEqualTo(Outcome.DELETED);
      assertThat(record.manifest()).isEmpty();
      assertThat(record.revision().removed()).isEqualTo(1);
      assertThat(documents.statuses())
          .extracting(DocumentStatus::outcome)
          .containsExactly(Outcome.STALE);
    }
  }

  @Test
  void tombstoneExpiresAndTheDocumentIsNewAgain() throws Exception {
    try (DocumentsHarness documents = ready()) {
      documents.edit(delete("a", 2));
      documents.time(DocumentsHarness.TOMBSTONE_TTL.toMillis() + 1);
      documents.edit(upsert("a", 1, "A text."));
      documents.awaitRecords(2);

      assertThat(documents.records().get(1).revision().outcome()).isEqualTo(Outcome.ADDED);
    }
  }

  @Test
  void deletionOvertakesAnEditThatIsBeingEmbedded() throws Exception {
    try (DocumentsHarness documents = ready()) {
      documents.edit(upsert("a", 1, longText("x")));
      documents.edit(delete("a", 2));
      documents.finish();

      assertThat(documents.records())
          .extracting(vectors -> vectors.revision().outcome())
          .containsExactly(Outcome.DELETED);
    }
  }

  @Test
  void editsBeforeAnyVersionAreEmbeddedWhenItComesAndEveryShardCompletes() throws Exception {
    try (DocumentsHarness documents = DocumentsHarness.open(Place.ALONE)) {
      documents.edit(upsert("a", 1, "A text."));
      documents.edit(upsert("b", 1, "Another text."));
      documents.edit(delete("c", 1));
      assertThat(documents.messages()).isEmpty();
      assertThat(documents.statuses())
          .extracting(DocumentStatus::outcome)
          .containsExactly(Outcome.DELETED);

      documents.versions(table(), Place.ALONE);
      documents.await(() -> documents.of(ShardComplete.class).size() == SHARDS);

      assertThat(documents.records())
          .extracting(record -> record.document() + " " + record.revision().outcome())
          .containsExactlyInAnyOrder("a ADDED", "b ADDED", "c DELETED");
      assertThat(documents.of(ShardComplete.class))
          .extracting(ShardComplete::shard)
          .containsExactlyInAnyOrderElementsOf(IntStream.range(0, SHARDS).boxed().toList());
      assertDocumentsStandBeforeTheirShardsEnd(documents);
    }
  }

  @Test
  void fullQueueHoldsBackTheInputUntilDocumentsArePublished() throws Exception {
    Place narrow = new Place(1, 0, 3);
    try (DocumentsHarness documents = DocumentsHarness.open(narrow)) {
      documents.versions(table(), narrow);
      documents.await(() -> documents.of(ShardComplete.class).size() == SHARDS);
      for (int i = 0; i < 12; i++) {
        documents.edit(upsert("d" + i, 1, "Text " + i + "."));
        assertThat(documents.records().size()).isGreaterThanOrEqualTo(i + 1 - 2);
      }
    }
  }

  private static void assertDocumentsStandBeforeTheirShardsEnd(DocumentsHarness documents) {
    for (PassageVectors record : documents.records()) {
      int end = documents.messages().indexOf(new ShardComplete(1, record.shard()));
      assertThat(documents.messages().indexOf(record)).isLessThan(end);
    }
  }
}
