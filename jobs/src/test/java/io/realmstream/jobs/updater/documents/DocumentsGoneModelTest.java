package io.realmstream.jobs.updater.documents;

import static io.realmstream.jobs.updater.documents.DocumentsHarness.CHECKPOINT;
import static io.realmstream.jobs.updater.documents.DocumentsHarness.SHARDS;
import static io.realmstream.jobs.updater.documents.DocumentsHarness.upsert;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.jobs.updater.documents.DocumentsHarness.Place;
import io.realmstream.schemas.vectors.PassageVectors;
import io.realmstream.schemas.vectors.ShardComplete;
import io.realmstream.schemas.vectors.ShardRetired;
import io.realmstream.schemas.vectors.ShardRound;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import io.realmstream.schemas.version.VersionState;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;

/** Versions whose model files are not there, for good or for a while. */
class DocumentsGoneModelTest {
  private final ComingVersions versions = new ComingVersions();

  /** A start without state behind a log with three versions, of which only the last serves. */
  @Test
  void onlyWhatIsInForceAtTheLogsEndIsOpened() throws Exception {
    versions.serve(1, ComingVersions.gone(101));
    versions.serve(2, ComingVersions.gone(102));
    versions.serve(3, CHECKPOINT);
    versions.propose(1, VersionState.READY, VersionState.RETIRED, null);
    versions.propose(2, VersionState.READY, VersionState.RETIRED, null);
    try (DocumentsHarness documents = DocumentsHarness.open(Place.ALONE)) {
      for (ShardEvent event : versions.told()) {
        ComingVersions.take(documents, event);
      }
      documents.edit(upsert("document", 1, "A text."));
      documents.await(() -> documents.of(ShardComplete.class).size() == SHARDS);

      assertThat(documents.records()).extracting(PassageVectors::version).containsExactly(3);
      // a run before may not have come to say so
      assertThat(documents.of(ShardRetired.class))
          .extracting(ShardRetired::version)
          .containsOnly(1, 2)
          .hasSize(2 * SHARDS);
    }
    assertThat(ComingVersions.kept(101)).doesNotExist();
    assertThat(ComingVersions.kept(102)).doesNotExist();
  }

  @Test
  void versionInForceTakesEditsWhileTheNextOneCannotBeOpened() throws Exception {
    versions.serve(1, CHECKPOINT);
    versions.propose(2, null, VersionState.BUILDING, ComingVersions.gone(103));
    try (DocumentsHarness documents = DocumentsHarness.open(Place.ALONE)) {
      documents.versions(versions.table(), Place.ALONE);
      for (int i = 1; i <= 3; i++) {
        documents.edit(upsert("document " + i, 1, "A text."));
        documents.awaitRecords(i);
        versions.beat(documents);
      }
      documents.await(() -> documents.of(ShardComplete.class).size() == SHARDS);

      assertThat(documents.records()).extracting(PassageVectors::version).containsOnly(1);
    }
  }

  /** It takes up everything, edits that came meanwhile as well. */
  @Test
  void versionIsBuiltWhenItsModelHasCome() throws Exception {
    versions.serve(1, CHECKPOINT);
    RetrieverCheckpoint late = ComingVersions.gone(104);
    versions.propose(2, null, VersionState.BUILDING, late);
    try (DocumentsHarness documents = DocumentsHarness.open(Place.ALONE)) {
      documents.versions(versions.table(), Place.ALONE);
      documents.edit(upsert("document", 1, "A text."));
      documents.awaitRecords(1);
      versions.beat(documents);
      SeededProjection.of(CHECKPOINT, 104);
      versions.awaitBeating(
          documents, () -> documents.of(ShardComplete.class).size() == 2 * SHARDS);

      assertThat(documents.records()).extracting(PassageVectors::version).containsExactly(1, 2);
    }
  }

  /**
   * A complete version that one may roll back to: edits pass it by, and nothing is claimed of them
   * before it has them.
   */
  @Test
  void editsDoNotWaitForAVersionThatDoesNotServeAndAreFoundForItLater() throws Exception {
    versions.serve(1, SeededProjection.of(CHECKPOINT, 105));
    versions.serve(2, CHECKPOINT);
    OperatorSubtaskState state;
    try (DocumentsHarness documents = DocumentsHarness.open(Place.ALONE)) {
      documents.versions(versions.table(), Place.ALONE);
      documents.edit(upsert("a", 1, "A text."), 100);
      documents.edit(upsert("b", 1, "Another text."), 100);
      documents.await(() -> documents.of(ShardComplete.class).size() == 2 * SHARDS);
      state = documents.snapshot();
    }
    ComingVersions.lose(105);
    try (DocumentsHarness documents = DocumentsHarness.open(Place.ALONE, state)) {
      documents.versions(versions.table(), Place.ALONE);
      ComingVersions.read(documents, 900);
      documents.edit(upsert("a", 2, "A new text."), 500);
      documents.awaitRecords(1);
      assertThat(documents.records()).extracting(PassageVectors::version).containsExactly(2);
      assertThat(versions.beat(documents)).isEqualTo(499);
      documents.edit(upsert("b", 2, "Another new text."), 700);
      documents.awaitRecords(2);
      assertThat(versions.beat(documents)).isEqualTo(499);
      SeededProjection.of(CHECKPOINT, 105);
      versions.awaitBeating(documents, () -> documents.of(ShardComplete.class).size() == SHARDS);

      assertThat(documents.records())
          .extracting(
              record -> record.document() + record.revision().number() + " in " + record.version())
          .containsExactlyInAnyOrder("a2 in 2", "b2 in 2", "a2 in 1", "b2 in 1");
      assertThat(versions.beat(documents)).isEqualTo(900);
    }
  }

  /** Nobody can answer from it any more, so nothing is to be claimed for its sake. */
  @Test
  void claimGoesOnWhenTheVersionThatEditsPassedByRetires() throws Exception {
    versions.serve(1, SeededProjection.of(CHECKPOINT, 106));
    versions.serve(2, CHECKPOINT);
    OperatorSubtaskState state;
    try (DocumentsHarness documents = DocumentsHarness.open(Place.ALONE)) {
      documents.versions(versions.table(), Place.ALONE);
      documents.await(() -> documents.of(ShardComplete.class).size() == 2 * SHARDS);
      state = documents.snapshot();
    }
    ComingVersions.lose(106);
    try (DocumentsHarness documents = DocumentsHarness.open(Place.ALONE, state)) {
      documents.versions(versions.table(), Place.ALONE);
      ComingVersions.read(documents, 900);
      documents.edit(upsert("a", 1, "A text."), 500);
      documents.awaitRecords(1);
      assertThat(versions.beat(documents)).isEqualTo(499);
      versions.propose(1, VersionState.READY, VersionState.RETIRED, null);
      documents.versions(versions.table(), Place.ALONE);

      assertThat(versions.beat(documents)).isEqualTo(900);
    }
  }

  /** One that may be rolled back to: it is named and complete when its model is there. */
  @Test
  void othersAreRepublishedWithoutAVersionThatCannotBeOpened() throws Exception {
    versions.serve(1, SeededProjection.of(CHECKPOINT, 107));
    versions.serve(2, CHECKPOINT);
    OperatorSubtaskState state;
    try (DocumentsHarness documents = DocumentsHarness.open(Place.ALONE)) {
      documents.versions(versions.table(), Place.ALONE);
      documents.edit(upsert("a", 1, "A text."), 100);
      documents.await(() -> documents.of(ShardComplete.class).size() == 2 * SHARDS);
      state = documents.snapshot();
    }
    ComingVersions.lose(107);
    try (DocumentsHarness documents = DocumentsHarness.open(Place.ALONE, state)) {
      documents.versions(versions.table(), Place.ALONE);
      for (int shard = 0; shard < SHARDS; shard++) {
        ComingVersions.take(documents, ShardEvent.republish(shard));
      }
      documents.await(() -> documents.of(ShardRound.class).size() == 2 * SHARDS);
      assertThat(documents.records()).extracting(PassageVectors::version).containsExactly(2);
      SeededProjection.of(CHECKPOINT, 107);
      versions.awaitBeating(documents, () -> documents.of(ShardComplete.class).size() == SHARDS);

      assertThat(documents.records()).extracting(PassageVectors::version).containsExactly(2, 1, 2);
      assertThat(documents.messages())
          .containsSubsequence(
              new ShardRound(0, 2, true, List.of(1, 2), List.of(2)), new ShardComplete(1, 0));
    }
  }

  /** Nothing is claimed of the edits that it lacks, but another version can take its place. */
  @Test
  void versionIsBuiltThoughTheModelOfTheOneThatAnswersIsGone() throws Exception {
    versions.serve(1, SeededProjection.of(CHECKPOINT, 108));
    OperatorSubtaskState state;
    try (DocumentsHarness documents = DocumentsHarness.open(Place.ALONE)) {
      documents.versions(versions.table(), Place.ALONE);
      documents.edit(upsert("a", 1, "A text."), 100);
      documents.await(() -> documents.of(ShardComplete.class).size() == SHARDS);
      state = documents.snapshot();
    }
    ComingVersions.lose(108);
    Place narrow = new Place(1, 0, 2);
    try (DocumentsHarness documents = DocumentsHarness.open(narrow, state)) {
      documents.versions(versions.table(), narrow);
      ComingVersions.read(documents, 900);
      for (int i = 0; i < 5; i++) {
        documents.edit(upsert("b" + i, 1, "Another text."), 500); // more than may wait
      }
      assertThat(versions.beat(documents)).isEqualTo(499);
      assertThat(documents.records()).isEmpty();
      versions.propose(2, null, VersionState.BUILDING, CHECKPOINT);
      documents.versions(versions.table(), narrow);
      documents.await(() -> documents.of(ShardComplete.class).size() == SHARDS);
      assertThat(documents.records())
          .extracting(PassageVectors::version)
          .containsOnly(2)
          .hasSize(6);
      assertThat(versions.beat(documents)).isEqualTo(499);

      SeededProjection.of(CHECKPOINT, 108);
      versions.awaitBeating(
          documents, () -> documents.of(ShardComplete.class).size() == 2 * SHARDS);
      assertThat(documents.records()).extracting(PassageVectors::version).contains(1).hasSize(11);
      assertThat(versions.beat(documents)).isEqualTo(900);
    }
  }
}
