package io.realmstream.jobs.updater.documents;

import static io.realmstream.jobs.updater.documents.DocumentsHarness.CHECKPOINT;
import static io.realmstream.jobs.updater.documents.DocumentsHarness.SHARDS;
import static io.realmstream.jobs.updater.documents.DocumentsHarness.upsert;
import static io.realmstream.jobs.updater.documents.DocumentsVersionsTest.complete;
import static io.realmstream.jobs.updater.documents.DocumentsVersionsTest.second;
import static io.realmstream.jobs.updater.documents.DocumentsVersionsTest.withRawVectors;
import static io.realmstream.model.updating.reuse.KnownOutputs.Effort.CHECKED;
import static io.realmstream.model.updating.reuse.KnownOutputs.Effort.EMBEDDED;
import static io.realmstream.model.updating.reuse.KnownOutputs.Effort.REPROJECTED;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.jobs.Shards;
import io.realmstream.jobs.updater.documents.DocumentsHarness.Place;
import io.realmstream.model.checkpoint.TowerDigest;
import io.realmstream.model.encoder.TrunkOutput;
import io.realmstream.model.updating.reuse.TrunkKey;
import io.realmstream.model.version.VersionEntry;
import io.realmstream.model.version.VersionTable;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.version.StateChange;
import io.realmstream.schemas.version.VersionProposal;
import io.realmstream.schemas.version.VersionState;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.junit.jupiter.api.Test;

/** What is compared before a version is complete. */
class DocumentsSelfCheckTest {
  private static final List<String> IDS = List.of("otter", "heron", "pike", "newt", "vole");

  @Test
  void versionIsCompleteOnceASampleOfEveryShardIsWhatItIsAfresh() throws Exception {
    try (DocumentsHarness documents = published()) {
      documents.versions(second(withRawVectors()), Place.ALONE);
      documents.await(() -> complete(documents, 2) == SHARDS);

      // one passage a document, and at most two of them in a shard
      assertThat(documents.passages(CHECKED)).isEqualTo(sampled());
      assertThat(documents.passages(REPROJECTED)).isEqualTo(IDS.size());
      assertThat(documents.side(DocumentsOutput.PROPOSALS)).isEmpty();
    }
  }

  @Test
  void tamperedTrunkOutputHoldsTheVersionAndSaysWhy() throws Exception {
    try (DocumentsHarness documents = published()) {
      tamper(documents, "pike");
      documents.versions(second(withRawVectors()), Place.ALONE);
      documents.await(() -> !documents.side(DocumentsOutput.PROPOSALS).isEmpty());
      documents.await(() -> complete(documents, 2) == SHARDS - 1);

      List<VersionProposal> proposals = documents.side(DocumentsOutput.PROPOSALS);
      assertThat(proposals).hasSize(1);
      VersionTable.Step step = second(withRawVectors()).apply(proposals.get(0));
      assertThat(step.ignored()).isNull();
      VersionEntry refused = Objects.requireNonNull(step.table().get(2));
      assertThat(refused.state()).isEqualTo(VersionState.REFUSED);
      assertThat(refused.reason())
          .contains("self-check of shard " + shard("pike"), "document pike", "another vector");
    }
  }

  /** A person pauses the version before its refusal comes, and has it built again. */
  @Test
  void refusalThatAPauseOvertakesIsProposedAgain() throws Exception {
    try (DocumentsHarness documents = published()) {
      tamper(documents, "pike");
      VersionTable table = second(withRawVectors());
      documents.versions(table, Place.ALONE);
      documents.await(() -> !documents.side(DocumentsOutput.PROPOSALS).isEmpty());
      table = changed(table, VersionState.BUILDING, VersionState.PAUSED);
      table = table.apply(documents.side(DocumentsOutput.PROPOSALS).get(0)).table(); // ignored
      documents.versions(table, Place.ALONE);
      documents.harness.setProcessingTime(documents.harness.getProcessingTime() + 1);
      table = changed(table, VersionState.PAUSED, VersionState.BUILDING);
      documents.versions(table, Place.ALONE);

      for (VersionProposal proposal : documents.side(DocumentsOutput.PROPOSALS)) {
        table = table.apply(proposal).table();
      }
      assertThat(Objects.requireNonNull(table.get(2)).state()).isEqualTo(VersionState.REFUSED);
    }
  }

  private static VersionTable changed(VersionTable table, VersionState from, VersionState to) {
    StateChange change = new StateChange(from, to);
    return table
        .apply(
            new VersionProposal("to " + to, 2, change, "a person", null, null, null, Instant.EPOCH))
        .table();
  }

  /** The shard's documents were embedded on a machine of another kind. */
  @Test
  void anotherPlatformsLastBitDoesNotHoldTheVersion() throws Exception {
    try (DocumentsHarness documents = published()) {
      for (String id : IDS) {
        tamper(documents, id);
        move(documents, id, 1);
      }
      documents.versions(second(withRawVectors()), Place.ALONE);
      documents.await(() -> complete(documents, 2) == SHARDS);

      assertThat(documents.side(DocumentsOutput.PROPOSALS)).isEmpty();
    }
  }

  @Test
  void anotherPlatformsWrongVectorHoldsTheVersion() throws Exception {
    try (DocumentsHarness documents = published()) {
      move(documents, "pike", -1);
      documents.versions(second(withRawVectors()), Place.ALONE);
      documents.await(() -> !documents.side(DocumentsOutput.PROPOSALS).isEmpty());

      assertThat(documents.side(DocumentsOutput.PROPOSALS).get(0).reason())
          .contains("document pike", "another vector");
    }
  }

  /** What is stored of a document's only passage is another platform's, times a factor. */
  private static void move(DocumentsHarness documents, String id, int factor) throws Exception {
    MapState<TrunkKey, TrunkOutput> outputs = stored(documents, id);
    TrunkOutput output = outputs.get(key(documents, id));
    float[] pooled = output.pooled().clone();
    for (int i = 0; i < pooled.length; i++) {
      pooled[i] *= factor;
    }
    outputs.put(
        key(documents, id), new TrunkOutput(pooled, output.truncated(), output.platform() + 1));
  }

  /** What was found wrong is not used again. */
  @Test
  void versionBehindARefusedOneIsEmbedded() throws Exception {
    try (DocumentsHarness documents = published()) {
      tamper(documents, "pike");
      documents.versions(second(withRawVectors()), Place.ALONE);
      documents.await(() -> !documents.side(DocumentsOutput.PROPOSALS).isEmpty());
      VersionTable refused =
          second(withRawVectors()).apply(documents.side(DocumentsOutput.PROPOSALS).get(0)).table();
      documents.versions(refused, Place.ALONE);
      documents.await(() -> IDS.stream().noneMatch(id -> isStored(documents, id)));
      long before = documents.passages(EMBEDDED);
      documents.versions(
          refused
              .apply(
                  new VersionProposal(
                      "third",
                      3,
                      new StateChange(null, VersionState.BUILDING),
                      "test",
                      null,
                      withRawVectors(),
                      null,
                      Instant.EPOCH))
              .table(),
          Place.ALONE);
      documents.await(() -> complete(documents, 3) == SHARDS);

      assertThat(documents.passages(EMBEDDED) - before).isEqualTo(IDS.size());
      assertThat(DocumentsVersionsTest.of(documents, 3)).hasSize(IDS.size());
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

  private static int shard(String id) {
    return new Shards(SHARDS).ofDocument(id);
  }

  private static long sampled() {
    long sampled = 0;
    for (int shard = 0; shard < SHARDS; shard++) {
      int number = shard;
      sampled += Math.min(2, IDS.stream().filter(id -> shard(id) == number).count());
    }
    return sampled;
  }

  /** Changes the last bit of what is stored of a document's only passage. */
  private static void tamper(DocumentsHarness documents, String id) throws Exception {
    MapState<TrunkKey, TrunkOutput> outputs = stored(documents, id);
    TrunkOutput output = outputs.get(key(documents, id));
    float[] pooled = output.pooled().clone();
    pooled[7] = Math.nextUp(pooled[7]);
    outputs.put(key(documents, id), new TrunkOutput(pooled, output.truncated(), output.platform()));
  }

  private static boolean isStored(DocumentsHarness documents, String id) {
    try {
      return stored(documents, id).contains(key(documents, id));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** The trunk outputs of a document's shard. */
  private static MapState<TrunkKey, TrunkOutput> stored(DocumentsHarness documents, String id)
      throws Exception {
    documents.operator().setCurrentKey(new Shards(SHARDS).key(shard(id)));
    return documents
        .operator()
        .getRuntimeContext()
        .getMapState(new MapStateDescriptor<>("trunk-outputs", TrunkKey.class, TrunkOutput.class));
  }

  /** Of a document's only passage. */
  private static TrunkKey key(DocumentsHarness documents, String id) {
    Hash128 uid =
        documents.records().stream()
            .filter(record -> record.document().equals(id))
            .flatMap(record -> record.manifest().stream())
            .findFirst()
            .orElseThrow()
            .uid();
    return new TrunkKey(TowerDigest.ofTrunk(CHECKPOINT.documentTower()), uid);
  }
}
