package io.realmstream.jobs.updater.documents;

import static io.realmstream.jobs.updater.documents.DocumentsHarness.SHARDS;
import static io.realmstream.jobs.updater.documents.DocumentsHarness.longText;
import static io.realmstream.jobs.updater.documents.DocumentsHarness.proposed;
import static io.realmstream.jobs.updater.documents.DocumentsHarness.ready;
import static io.realmstream.jobs.updater.documents.DocumentsHarness.table;
import static io.realmstream.jobs.updater.documents.DocumentsHarness.upsert;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.jobs.updater.documents.DocumentsHarness.Place;
import io.realmstream.model.version.VersionTable;
import io.realmstream.schemas.document.Outcome;
import io.realmstream.schemas.vectors.PassageVectors;
import io.realmstream.schemas.vectors.ShardComplete;
import io.realmstream.schemas.version.VersionState;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;

class DocumentsRestoreTest {
  private static final int DOCUMENTS = 40;
  private static final long LONG_AFTER_THE_RESTART = 3_600_000;

  private final List<String> published = new ArrayList<>();
  private final List<Integer> completed = new ArrayList<>();

  @Test
  void whatWasPendingIsTakenUpAgainAndNothingElse() throws Exception {
    OperatorSubtaskState state;
    try (DocumentsHarness documents = ready()) {
      editAll(documents);
      documents.awaitRecords(5);
      state = documents.snapshot();
      note(documents);
    }
    assertThat(published).hasSizeLessThan(DOCUMENTS);

    try (DocumentsHarness documents = DocumentsHarness.open(Place.ALONE, state)) {
      documents.finish();
      note(documents);
    }
    assertEachDocumentIsPublishedOnce();
  }

  @Test
  void walkGoesOnAfterARestoreAndEachShardCompletesOnce() throws Exception {
    OperatorSubtaskState state;
    try (DocumentsHarness documents = DocumentsHarness.open(Place.ALONE)) {
      editAll(documents);
      documents.versions(table(), Place.ALONE);
      documents.awaitRecords(5);
      state = documents.snapshot();
      note(documents);
    }
    try (DocumentsHarness documents = DocumentsHarness.open(Place.ALONE, state)) {
      documents.finish();
      note(documents);
    }
    assertEachDocumentIsPublishedOnce();
    assertThat(completed)
        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, SHARDS).boxed().toList());
  }

  @Test
  void workMovesWithItsShardsWhenTheParallelismChanges() throws Exception {
    OperatorSubtaskState one;
    try (DocumentsHarness documents = ready()) {
      editAll(documents);
      documents.awaitRecords(3);
      one = documents.snapshot();
      note(documents);
    }
    List<OperatorSubtaskState> two = new ArrayList<>();
    for (int subtask = 0; subtask < 2; subtask++) {
      Place place = new Place(2, subtask, 1_000);
      try (DocumentsHarness documents = DocumentsHarness.open(place, one)) {
        documents.awaitRecords(3);
        two.add(documents.snapshot());
        assertThat(documents.records()).allMatch(record -> place.owns(record.document()));
        note(documents);
      }
    }
    try (DocumentsHarness documents =
        DocumentsHarness.open(Place.ALONE, two.toArray(OperatorSubtaskState[]::new))) {
      documents.finish();
      note(documents);
    }
    assertEachDocumentIsPublishedOnce();
  }

  /** The lost run may have published a revision in between, without the passages kept here. */
  @Test
  void updateReadBeforeTheRestartCarriesEveryPassageOnceMore() throws Exception {
    OperatorSubtaskState state;
    try (DocumentsHarness documents = ready()) {
      documents.edit(upsert("a", 1, longText("old")));
      documents.awaitRecords(1);
      state = documents.snapshot();
    }
    try (DocumentsHarness documents = DocumentsHarness.open(Place.ALONE, state)) {
      documents.edit(upsert("a", 2, longText("new")), 0);
      documents.awaitRecords(1);
      documents.edit(upsert("a", 3, longText("newest")), LONG_AFTER_THE_RESTART);
      documents.awaitRecords(2);

      PassageVectors first = documents.records().get(0);
      assertThat(first.revision().outcome()).isEqualTo(Outcome.UPDATED);
      assertThat(first.inserts()).hasSameSizeAs(first.manifest());
      assertThat(first.revision().removed()).isEqualTo(1);
      assertThat(documents.records().get(1).inserts()).hasSize(1);
    }
  }

  @Test
  void tombstoneSurvivesARestore() throws Exception {
    OperatorSubtaskState state;
    try (DocumentsHarness documents = ready()) {
      documents.edit(DocumentsHarness.delete("a", 2));
      state = documents.snapshot();
    }
    try (DocumentsHarness documents = DocumentsHarness.open(Place.ALONE, state)) {
      documents.edit(upsert("a", 1, "A text."));

      assertThat(documents.statuses().get(0).outcome()).isEqualTo(Outcome.STALE);
    }
  }

  @Test
  void secondVersionIsBuiltBesideTheFirstUntilItRetires() throws Exception {
    VersionTable building = proposed(table(), 2, VersionState.BUILDING);
    try (DocumentsHarness documents = ready()) {
      documents.edit(upsert("a", 1, "A text."));
      documents.awaitRecords(1);
      documents.versions(building, Place.ALONE);
      documents.edit(upsert("b", 1, "Another text."));
      documents.finish();
      assertThat(documents.records())
          .extracting(record -> record.document() + record.version())
          .containsExactlyInAnyOrder("a1", "a2", "b1", "b2");
      assertThat(documents.of(ShardComplete.class))
          .filteredOn(complete -> complete.version() == 2)
          .hasSize(SHARDS);

      documents.versions(proposed(building, 2, VersionState.RETIRED), Place.ALONE);
      documents.edit(upsert("c", 1, "A third text."));
      documents.finish();
      assertThat(documents.records())
          .filteredOn(record -> record.document().equals("c"))
          .extracting(PassageVectors::version)
          .containsExactly(1);
    }
  }

  /**
   * The run before had published the document in the version, and nothing of either is in the
   * state: the log tells of the version when the deletion has come already.
   */
  @Test
  void versionThatBeginsIsToldWhatIsGone() throws Exception {
    try (DocumentsHarness documents = ready()) {
      documents.edit(upsert("a", 1, "A text."));
      documents.edit(upsert("b", 1, "Another text."));
      documents.awaitRecords(2);
      documents.edit(DocumentsHarness.delete("a", 2));
      documents.versions(proposed(table(), 2, VersionState.BUILDING), Place.ALONE);
      documents.finish();

      assertThat(documents.records())
          .filteredOn(record -> record.version() == 2)
          .extracting(
              record ->
                  record.document() + record.revision().number() + record.revision().outcome())
          .containsExactlyInAnyOrder("a2DELETED", "b1ADDED");
      for (PassageVectors record : documents.records()) {
        assertThat(documents.messages().indexOf(record))
            .isLessThan(documents.messages().indexOf(new ShardComplete(2, record.shard())));
      }
    }
  }

  private static void editAll(DocumentsHarness documents) throws Exception {
    for (int i = 0; i < DOCUMENTS; i++) {
      documents.edit(upsert("d" + i, 1, "This is text number " + i + "."));
    }
  }

  private void note(DocumentsHarness documents) {
    documents.records().forEach(record -> published.add(record.document()));
    documents.of(ShardComplete.class).forEach(complete -> completed.add(complete.shard()));
  }

  private void assertEachDocumentIsPublishedOnce() {
    assertThat(published)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, DOCUMENTS).mapToObj(i -> "d" + i).toList());
  }
}
