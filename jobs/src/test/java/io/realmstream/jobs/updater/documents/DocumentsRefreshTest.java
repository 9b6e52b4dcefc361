package io.realmstream.jobs.updater.documents;

import static io.realmstream.jobs.updater.documents.DocumentsHarness.CHECKPOINT;
import static io.realmstream.jobs.updater.documents.DocumentsHarness.MODELS;
import static io.realmstream.jobs.updater.documents.DocumentsHarness.SHARDS;
import static io.realmstream.jobs.updater.documents.DocumentsHarness.proposed;
import static io.realmstream.jobs.updater.documents.DocumentsHarness.upsert;
import static io.realmstream.jobs.updater.documents.DocumentsVersionsTest.complete;
import static io.realmstream.jobs.updater.documents.DocumentsVersionsTest.second;
import static io.realmstream.jobs.updater.documents.DocumentsVersionsTest.withRawVectors;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.jobs.updater.documents.DocumentsHarness.Place;
import io.realmstream.model.checkpoint.TowerDigest;
import io.realmstream.model.encoder.Encoder;
import io.realmstream.model.updating.reuse.KnownOutputs.Effort;
import io.realmstream.model.version.RefreshPlan;
import io.realmstream.model.version.VersionTable;
import io.realmstream.schemas.vectors.PassageInsert;
import io.realmstream.schemas.vectors.PassageTrunk;
import io.realmstream.schemas.vectors.PassageVectors;
import io.realmstream.schemas.vectors.ShardRetired;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import io.realmstream.schemas.version.VersionState;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What a checkpoint touches of the passages, by the counters. */
class DocumentsRefreshTest {
  private static final List<String> IDS = List.of("otter", "heron", "pike", "newt", "vole");

  @Test
  void querySideAloneTouchesNoPassage() throws Exception {
    RetrieverCheckpoint scaled =
        new RetrieverCheckpoint(
            "scaled",
            CHECKPOINT.documentTower(),
            CHECKPOINT.queryTower(),
            CHECKPOINT.reader(),
            2 * CHECKPOINT.scoreScale(),
            null,
            null,
            null);
    try (DocumentsHarness documents = published()) {
      Map<Effort, Long> expected = efforts(documents);
      expected.merge(Effort.EMBEDDED, 1L, Long::sum); // the edit behind the checkpoint
      documents.versions(second(scaled), Place.ALONE);
      documents.edit(upsert("last", 1, "It came last."));
      documents.awaitRecords(IDS.size() + 1);

      assertThat(efforts(documents)).isEqualTo(expected);
      assertThat(documents.records()).extracting(PassageVectors::version).containsOnly(1);
    }
  }

  @Test
  void projectionAloneRunsNoTransformerAndGivesTheVectorsOfAFreshEmbedding() throws Exception {
    RetrieverCheckpoint projected = SeededProjection.of(CHECKPOINT, 5);
    assertThat(RefreshPlan.between(CHECKPOINT, projected)).isEqualTo(RefreshPlan.PROJECTION_ONLY);
    try (DocumentsHarness documents = published();
        Encoder encoder = Encoder.open(projected.documentTower(), MODELS.parts())) {
      long embedded = documents.passages(Effort.EMBEDDED);
      documents.versions(second(projected), Place.ALONE);
      documents.await(() -> complete(documents, 2) == SHARDS);

      assertThat(documents.passages(Effort.EMBEDDED)).isEqualTo(embedded);
      assertThat(documents.passages(Effort.REPROJECTED)).isEqualTo(IDS.size());
      for (PassageVectors record : DocumentsVersionsTest.of(documents, 2)) {
        PassageInsert passage = record.inserts().get(0);
        assertThat(passage.vector()).isEqualTo(encoder.embedPassage("", passage.text()).vector());
        PassageTrunk trunk = Objects.requireNonNull(passage.trunk());
        assertThat(trunk.digest()).isEqualTo(TowerDigest.ofTrunk(CHECKPOINT.documentTower()));
        assertThat(trunk.output()).isEqualTo(encoder.trunkOfPassage("", passage.text()).pooled());
        assertThat(record.revision().counts().reprojected()).isEqualTo(1);
        assertThat(record.revision().counts().embedded()).isZero();
      }
    }
  }

  @Test
  void pausedVersionRestsButForItsEditsAndGoesOnWhenResumed() throws Exception {
    VersionTable building = second(withRawVectors());
    VersionTable paused = proposed(building, 2, VersionState.PAUSED);
    var open = MODELS.encoder(withRawVectors().documentTower());
    open.model().join(); // else the edit might be through before it can reach the version
    try (DocumentsHarness documents = published()) {
      documents.versions(paused, Place.ALONE);
      documents.edit(upsert("last", 1, "It came last."));
      documents.await(() -> !DocumentsVersionsTest.of(documents, 2).isEmpty());
      assertThat(DocumentsVersionsTest.of(documents, 2))
          .extracting(PassageVectors::document)
          .containsExactly("last");
      assertThat(complete(documents, 2)).isZero();

      documents.versions(proposed(paused, 2, VersionState.BUILDING), Place.ALONE);
      documents.await(() -> complete(documents, 2) == SHARDS);
      assertThat(DocumentsVersionsTest.of(documents, 2))
          .extracting(PassageVectors::document)
          .contains("last")
          .containsAll(IDS)
          .hasSize(IDS.size() + 1);
    }
    open.close();
  }

  @Test
  void nothingIsPublishedInAVersionBehindTheWordOfItsEnd() throws Exception {
    VersionTable building = second(withRawVectors());
    try (DocumentsHarness documents = published()) {
      documents.versions(building, Place.ALONE);
      documents.await(() -> complete(documents, 2) == SHARDS);
      documents.versions(proposed(building, 2, VersionState.RETIRED), Place.ALONE);
      int end = documents.messages().size();
      documents.edit(upsert("otter", 2, "The otter has left."));
      documents.awaitRecords(2 * IDS.size() + 1);

      assertThat(documents.of(ShardRetired.class))
          .hasSize(SHARDS)
          .allSatisfy(shard -> assertThat(shard.version()).isEqualTo(2));
      assertThat(documents.messages().subList(end, documents.messages().size()))
          .noneMatch(message -> message instanceof PassageVectors record && record.version() == 2);
    }
  }

  private static DocumentsHarness published() throws Exception {
    DocumentsHarness documents = DocumentsHarness.ready();
    for (String id : IDS) {
      documents.edit(upsert(id, 1, "The " + id + " lives beside the river."));
    }
    documents.awaitRecords(IDS.size());
    return documents;
  }

  private static Map<Effort, Long> efforts(DocumentsHarness documents) {
    Map<Effort, Long> efforts = new EnumMap<>(Effort.class);
    for (Effort effort : Effort.values()) {
      efforts.put(effort, documents.passages(effort));
    }
    return efforts;
  }
}
