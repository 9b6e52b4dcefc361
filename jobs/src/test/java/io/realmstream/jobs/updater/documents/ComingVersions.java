package io.realmstream.jobs.updater.documents;

import static io.realmstream.jobs.updater.documents.DocumentsHarness.CHECKPOINT;
import static io.realmstream.jobs.updater.documents.DocumentsHarness.SHARDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.jobs.updater.versions.VersionsOperator;
import io.realmstream.jobs.versions.VersionStep;
import io.realmstream.model.freshness.PartitionRead;
import io.realmstream.model.freshness.ReadThrough;
import io.realmstream.model.version.VersionTable;
import io.realmstream.schemas.vectors.Heartbeat;
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
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;

/** A version log in front of a documents operator, with projections that come and go. */
@SuppressWarnings("try") // Flink's own harness says that its close may be interrupted
final class ComingVersions {
  private final List<VersionProposal> log = new ArrayList<>();
  private VersionTable table = VersionTable.EMPTY;
  private long nowMs;

  VersionTable table() {
    return table;
  }

  /** Takes a version from its beginning to ACTIVE and complete; the one before steps back. */
  void serve(int version, RetrieverCheckpoint checkpoint) {
    propose(version, null, VersionState.BUILDING, checkpoint);
    propose(version, VersionState.BUILDING, VersionState.READY, null);
    propose(version, VersionState.READY, VersionState.ACTIVE, null);
  }

  void propose(
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
  List<ShardEvent> told() throws Exception {
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

  static void take(DocumentsHarness documents, ShardEvent event) throws Exception {
    StreamRecord<ShardEvent> element = new StreamRecord<>(event);
    documents.operator().setKeyContextElement2(element);
    documents.operator().processElement2(element);
  }

  /** The documents topic has been read up to that moment. */
  static void read(DocumentsHarness documents, long throughMs) throws Exception {
    ReadThrough through = new ReadThrough(1, List.of(new PartitionRead(0, 0, throughMs)));
    for (int shard = 0; shard < SHARDS; shard++) {
      StreamRecord<ShardEdit> element = new StreamRecord<>(ShardEdit.through(shard, through));
      documents.operator().setKeyContextElement1(element);
      documents.operator().processElement1(element);
    }
  }

  /** Lets the operator's next beat come; through when it claims to be. */
  long beat(DocumentsHarness documents) throws Exception {
    nowMs += 1_000;
    documents.time(nowMs);
    List<Heartbeat> beats = documents.of(Heartbeat.class);
    return beats.get(beats.size() - 1).through().toEpochMilli();
  }

  void awaitBeating(DocumentsHarness documents, BooleanSupplier condition) throws Exception {
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
  static RetrieverCheckpoint gone(long seed) throws Exception {
    RetrieverCheckpoint checkpoint = SeededProjection.of(CHECKPOINT, seed);
    lose(seed);
    return checkpoint;
  }

  static void lose(long seed) throws Exception {
    Path kept = kept(seed);
    Files.delete(SeededProjection.FOLDER.resolve(seed + ".onnx"));
    Files.deleteIfExists(kept.resolve("part"));
    Files.deleteIfExists(kept);
  }

  /** The folder that the first attempt to open a projection makes. */
  static Path kept(long seed) throws Exception {
    RetrieverCheckpoint checkpoint = SeededProjection.of(CHECKPOINT, seed);
    Part part = Objects.requireNonNull(checkpoint.documentTower().projection());
    return Path.of("target", "models", part.sha256());
  }
}
