package io.realmstream.jobs.updater.documents;

import static io.realmstream.jobs.updater.documents.DocumentsHarness.CHECKPOINT;
import static io.realmstream.jobs.updater.documents.DocumentsHarness.SHARDS;
import static io.realmstream.jobs.updater.documents.DocumentsHarness.upsert;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.jobs.updater.documents.DocumentsHarness.Place;
import io.realmstream.jobs.updater.versions.VersionsOperator;
import io.realmstream.jobs.versions.VersionStep;
import io.realmstream.model.freshness.PartitionRead;
import io.realmstream.model.freshness.ReadThrough;
import io.realmstream.model.version.VersionTable;
import io.realmstream.schemas.vectors.Heartbeat;
import io.realmstream.schemas.vectors.PassageVectors;
import io.realmstream.schemas.vectors.ShardComplete;
import io.realmstream.schemas.vectors.ShardRetired;
import io.realmstream.schemas.vectors.ShardRound;
import io.realmstream.schemas.version.Part;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import io.realmstream.schemas.version.StateChange;
import io.realmstream.schemas.version.VersionProposal;
import io.realmstream.schemas.version.VersionState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Versions whose model files are not there, for good or for a while. */
@SuppressWarnings("try") // Flink's own harness says that its close may be interrupted
class DocumentsGoneModelTest {
  private final List<VersionProposal> log = new ArrayList<>();
  private VersionTable table = VersionTable.EMPTY;
  private long nowMs;

  /** A start without state behind a log with three versions, of which only the last serves. */
  @Test
  void onlyWhatIsInForceAtTheLogsEndIsOpened() throws Exception {
    serve(1, gone(101));
    serve(2, gone(102));
    serve(3, CHECKPOINT);
    propose(1, VersionState.READY, VersionState.RETIRED, null);
    propose(2, VersionState.READY, VersionState.RETIRED, null);
    try (DocumentsHarness documents = DocumentsHarness.open(Place.ALONE)) {
      for (ShardEvent event : told()) {
        take(documents, event);
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
    assertThat(kept(101)).doesNotExist();
    assertThat(kept(102)).doesNotExist();
  }

  @Test
  void versionInForceTakesEditsWhileTheNextOneCannotBeOpened() throws Exception {
    serve(1, CHECKPOINT);
    propose(2, null, VersionState.BUILDING, gone(103));
    try (DocumentsHarness documents = DocumentsHarness.open(Place.ALONE)) {
      documents.versions(table, Place.ALONE);
      for (int i = 1; i <= 3; i++) {
        documents.edit(upsert("document " + i, 1, "A text."));
        documents.awaitRecords(i);
        beat(documents);
      }
      documents.await(() -> documents.of(ShardComplete.class).size() == SHARDS);

      assertThat(documents.records()).extracting(PassageVectors::version).containsOnly(1);
    }
  }

  /** It takes up everything, edits that came meanwhile as well. */
  @Test
  void versionIsBuiltWhenItsModelHasCome() throws Exception {
    serve(1, CHECKPOINT);
    RetrieverCheckpoint late = gone(104);
    propose(2, null, VersionState.BUILDING, late);
    try (DocumentsHarness documents = DocumentsHarness.open(Place.ALONE)) {
      documents.versions(table, Place.ALONE);
      documents.edit(upsert("document", 1, "A text."));
      documents.awaitRecords(1);
      beat(documents);
      SeededProjection.of(CHECKPOINT, 104);
      awaitBeating(documents, () -> documents.of(ShardComplete.class).size() == 2 * SHARDS);

      assertThat(documents.records()).extracting(PassageVectors::version).containsExactly(1, 2);
    }
  }

  /**
   * A complete version that one may roll back to: edits pass it by, and nothing is claimed of them
   * before it has them.
   */
  @Test
  void editsDoNotWaitForAVersionThatDoesNotServeAndAreFoundForItLater() throws Exception {
    serve(1, SeededProjection.of(CHECKPOINT, 105));
    serve(2, CHECKPOINT);
    OperatorSubtaskState state;
    try (DocumentsHarness documents = DocumentsHarness.open(Place.ALONE)) {
      documents.versions(table, Place.ALONE);
      documents.edit(upsert("a", 1, "A text."), 100);
      documents.edit(upsert("b", 1, "Another text."), 100);
      documents.await(() -> documents.of(ShardComplete.class).size() == 2 * SHARDS);
      state = documents.snapshot();
    }
    lose(105);
    try (DocumentsHarness documents = DocumentsHarness.open(Place.ALONE, state)) {
      documents.versions(table, Place.ALONE);
      read(documents, 900);
      documents.edit(upsert("a", 2, "A new text."), 500);
      documents.awaitRecords(1);
      assertThat(documents.records()).extracting(PassageVectors::version).containsExactly(2);
      assertThat(beat(documents)).isEqualTo(499);
      documents.edit(upsert("b", 2, "Another new text."), 700);
      documents.awaitRecords(2);
      assertThat(beat(documents)).isEqualTo(499);
      SeededProjection.of(CHECKPOINT, 105);
      awaitBeating(documents, () -> documents.of(ShardComplete.class).size() == SHARDS);

      assertThat(documents.records())
          .extracting(
              record -> record.document() + record.revision().number() + " in " + record.version())
          .containsExactlyInAnyOrder("a2 in 2", "b2 in 2", "a2 in 1", "b2 in 1");
      assertThat(beat(documents)).isEqualTo(900);
    }
  }

  /** Nobody can answer from it any more, so nothing is to be claimed for its sake. */
  @Test
  void claimGoesOnWhenTheVersionThatEditsPassedByRetires() throws Exception {
    serve(1, SeededProjection.of(CHECKPOINT, 106));
    serve(2, CHECKPOINT);
    OperatorSubtaskState state;
    try (DocumentsHarness documents = DocumentsHarness.open(Place.ALONE)) {
      documents.versions(table, Place.ALONE);
      documents.await(() -> documents.of(ShardComplete.class).size() == 2 * SHARDS);
      state = documents.snapshot();
    }
    lose(106);
    try (DocumentsHarness documents = DocumentsHarness.open(Place.ALONE, state)) {
      documents.versions(table, Place.ALONE);
      read(documents, 900);
      documents.edit(upsert("a", 1, "A text."), 500);
      documents.awaitRecords(1);
      assertThat(beat(documents)).isEqualTo(499);
      propose(1, VersionState.READY, VersionState.RETIRED, null);
      documents.versions(table, Place.ALONE);

      assertThat(beat(documents)).isEqualTo(900);
    }
  }

  /** One that may be rolled back to: it is named and complete when its model is there. */
  @Test
  void othersAreRepublishedWithoutAVersionThatCannotBeOpened() throws Exception {
    serve(1, SeededProjection.of(CHECKPOINT, 107));
    serve(2, CHECKPOINT);
    OperatorSubtaskState state;
    try (DocumentsHarness documents = DocumentsHarness.open(Place.ALONE)) {
      documents.versions(table, Place.ALONE);
      documents.edit(upsert("a", 1, "A text."), 100);
      documents.await(() -> documents.of(ShardComplete.class).size() == 2 * SHARDS);
      state = documents.snapshot();
    }
    lose(107);
    try (DocumentsHarness documents = DocumentsHarness.open(Place.ALONE, state)) {
      documents.versions(table, Place.ALONE);
      for (int shard = 0; shard < SHARDS; shard++) {
        take(documents, ShardEvent.republish(shard));
      }
      documents.await(() -> documents.of(ShardRound.class).size() == 2 * SHARDS);
      assertThat(documents.records()).extracting(PassageVectors::version).containsExactly(2);
      SeededProjection.of(CHECKPOINT, 107);
      awaitBeating(documents, () -> documents.of(ShardComplete.class).size() == SHARDS);

      assertThat(documents.records()).extracting(PassageVectors::version).containsExactly(2, 1, 2);
      assertThat(documents.messages())
          .containsSubsequence(
              new ShardRound(0, 2, true, List.of(1, 2), List.of(2)), new ShardComplete(1, 0));
    }
  }

  /** Takes a version from its beginning to ACTIVE and complete; the one before steps back. */
  private void serve(int version, RetrieverCheckpoint checkpoint) {
    propose(version, null, VersionState.BUILDING, checkpoint);
    propose(version, VersionState.BUILDING, VersionState.READY, null);
    propose(version, VersionState.READY, VersionState.ACTIVE, null);
  }

  private void propose(
      int version,
      @Nullable VersionState from,
      VersionState to,
      @Nullable RetrieverCheckpoint checkpoint) {
    VersionProposal proposal =
        new VersionProposal(
            "p" + log.size(),
            version,
            new StateChange(from, to),
            "test",
            null,
            checkpoint,
            null,
            Instant.EPOCH);
    VersionTable.Step step = table.apply(proposal);
    assertThat(step.ignored()).isNull();
    log.add(proposal);
    table = step.table();
  }

  /** What the shards are told while the log is read to its end. */
  private List<ShardEvent> told() throws Exception {
    try (OneInputStreamOperatorTestHarness<VersionStep, ShardEvent> versions =
        new OneInputStreamOperatorTestHarness<>(new VersionsOperator(SHARDS))) {
      versions.open();
      for (VersionProposal proposal : log) {
        versions.processElement(new StreamRecord<>(new VersionStep(proposal)));
      }
      versions.processElement(new StreamRecord<>(VersionStep.END));
      return versions.extractOutputValues();
    }
  }

  private static void take(DocumentsHarness documents, ShardEvent event) throws Exception {
    StreamRecord<ShardEvent> element = new StreamRecord<>(event);
    documents.operator().setKeyContextElement2(element);
    documents.operator().processElement2(element);
  }

  /** The documents topic has been read up to that moment. */
  private static void read(DocumentsHarness documents, long throughMs) throws Exception {
    ReadThrough through = new ReadThrough(1, List.of(new PartitionRead(0, 0, throughMs)));
    for (int shard = 0; shard < SHARDS; shard++) {
      StreamRecord<ShardEdit> element = new StreamRecord<>(ShardEdit.through(shard, through));
      documents.operator().setKeyContextElement1(element);
      documents.operator().processElement1(element);
    }
  }

  /** Lets the operator's next beat come; through when it claims to be. */
  private long beat(DocumentsHarness documents) throws Exception {
    nowMs += 1_000;
    documents.time(nowMs);
    List<Heartbeat> beats = documents.of(Heartbeat.class);
    return beats.get(beats.size() - 1).through().toEpochMilli();
  }

  private void awaitBeating(DocumentsHarness documents, BooleanSupplier condition)
      throws Exception {
    long[] beatNanos = {System.nanoTime()};
    documents.await(
        () -> {
          if (System.nanoTime() - beatNanos[0] > 200_000_000) {
            beatNanos[0] = System.nanoTime();
            try {
              beat(documents);
            } catch (Exception e) {
              throw new AssertionError(e);
            }
          }
          return condition.getAsBoolean();
        });
  }

  /** A checkpoint whose projection was there once. */
  private static RetrieverCheckpoint gone(long seed) throws Exception {
    RetrieverCheckpoint checkpoint = SeededProjection.of(CHECKPOINT, seed);
    lose(seed);
    return checkpoint;
  }

  private static void lose(long seed) throws Exception {
    Path kept = kept(seed);
    Files.delete(SeededProjection.FOLDER.resolve(seed + ".onnx"));
    Files.deleteIfExists(kept.resolve("part"));
    Files.deleteIfExists(kept);
  }

  /** The folder that the first attempt to open a projection makes. */
  private static Path kept(long seed) throws Exception {
    RetrieverCheckpoint checkpoint = SeededProjection.of(CHECKPOINT, seed);
    Part part = Objects.requireNonNull(checkpoint.documentTower().projection());
    return Path.of("target", "models", part.sha256());
  }
}
