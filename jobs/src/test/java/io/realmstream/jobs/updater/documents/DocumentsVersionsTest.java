package io.realmstream.jobs.updater.documents;

import static io.realmstream.jobs.updater.documents.DocumentsHarness.CHECKPOINT;
import static io.realmstream.jobs.updater.documents.DocumentsHarness.MODELS;
import static io.realmstream.jobs.updater.documents.DocumentsHarness.SHARDS;
import static io.realmstream.jobs.updater.documents.DocumentsHarness.delete;
import static io.realmstream.jobs.updater.documents.DocumentsHarness.upsert;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.jobs.updater.documents.DocumentsHarness.Place;
import io.realmstream.model.encoder.Encoder;
import io.realmstream.model.version.RefreshPlan;
import io.realmstream.model.version.VersionPolicy;
import io.realmstream.model.version.VersionTable;
import io.realmstream.schemas.vectors.PassageInsert;
import io.realmstream.schemas.vectors.PassageVectors;
import io.realmstream.schemas.vectors.ShardComplete;
import io.realmstream.schemas.version.EncoderTower;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import io.realmstream.schemas.version.StateChange;
import io.realmstream.schemas.version.VersionProposal;
import io.realmstream.schemas.version.VersionState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;

class DocumentsVersionsTest {
  private static final VersionPolicy POLICY = new VersionPolicy(true, Duration.ofHours(1));

  @Test
  void otherProjectionGivesTheVectorsOfAFreshEmbedding() throws Exception {
    RetrieverCheckpoint raw = withRawVectors();
    assertThat(RefreshPlan.between(CHECKPOINT, raw)).isEqualTo(RefreshPlan.PROJECTION_ONLY);
    OperatorSubtaskState state;
    try (DocumentsHarness documents = DocumentsHarness.ready()) {
      documents.edit(upsert("otter", 1, "The otter swims at dawn."));
      documents.edit(upsert("heron", 1, "The heron waits in the reeds."));
      documents.awaitRecords(2);
      documents.versions(second(raw), Place.ALONE);
      state = documents.snapshot();
    }
    try (DocumentsHarness documents = DocumentsHarness.open(Place.ALONE, state);
        Encoder encoder = Encoder.open(raw.documentTower(), MODELS.parts())) {
      documents.await(() -> complete(documents, 2) == SHARDS);
      List<PassageVectors> second = of(documents, 2);
      assertThat(second).extracting(PassageVectors::document).containsOnly("otter", "heron");
      for (PassageVectors record : second) {
        for (PassageInsert passage : record.inserts()) {
          assertThat(passage.vector()).isEqualTo(encoder.embedPassage("", passage.text()).vector());
        }
      }
    }
  }

  @Test
  void editsAndDeletesReachBothVersions() throws Exception {
    try (DocumentsHarness documents = DocumentsHarness.ready()) {
      documents.versions(second(withRawVectors()), Place.ALONE);
      documents.edit(upsert("otter", 1, "The otter swims at dawn."));
      documents.await(() -> of(documents, 1).size() == 1 && of(documents, 2).size() == 1);
      documents.edit(delete("otter", 2));

      assertThat(of(documents, 1))
          .extracting(vectors -> vectors.revision().number())
          .containsExactly(1L, 2L);
      assertThat(of(documents, 2))
          .extracting(vectors -> vectors.revision().number())
          .containsExactly(1L, 2L);
    }
  }

  static List<PassageVectors> of(DocumentsHarness documents, int version) {
    return documents.records().stream().filter(record -> record.version() == version).toList();
  }

  static long complete(DocumentsHarness documents, int version) {
    return documents.of(ShardComplete.class).stream()
        .filter(shard -> shard.version() == version)
        .count();
  }

  static VersionTable second(RetrieverCheckpoint checkpoint) {
    VersionPolicy.Move move =
        Objects.requireNonNull(POLICY.begin(completed(), checkpoint), "nothing to begin");
    VersionProposal proposal =
        new VersionProposal(
            "second",
            move.version(),
            new StateChange(null, move.to()),
            "test",
            null,
            checkpoint,
            move.index(),
            Instant.EPOCH);
    return completed().apply(proposal).table();
  }

  static VersionTable completed() {
    return DocumentsHarness.table()
        .apply(
            new VersionProposal(
                "complete",
                1,
                new StateChange(VersionState.ACTIVE, VersionState.READY),
                "test",
                null,
                null,
                null,
                Instant.EPOCH))
        .table();
  }

  /** Normalization is part of what comes behind the trunk. */
  static RetrieverCheckpoint withRawVectors() {
    EncoderTower tower = CHECKPOINT.documentTower();
    EncoderTower raw =
        new EncoderTower(
            tower.trunk(),
            tower.tokenizer(),
            null,
            tower.pooling(),
            false,
            tower.prefix(),
            tower.title(),
            tower.tokensMax());
    return new RetrieverCheckpoint(
        "raw",
        raw,
        CHECKPOINT.queryTower(),
        CHECKPOINT.reader(),
        CHECKPOINT.scoreScale(),
        null,
        null,
        null);
  }
}
