package io.realmstream.jobs.learner.learn;

import io.realmstream.jobs.Models;
import io.realmstream.jobs.OutboundRecord;
import io.realmstream.jobs.RealmOptions;
import io.realmstream.jobs.Shards;
import io.realmstream.jobs.learner.held.HeldEvents;
import io.realmstream.jobs.learner.trunks.FeedbackNews;
import io.realmstream.jobs.learner.trunks.TopicPlace;
import io.realmstream.jobs.learner.trunks.TrunkEvent;
import io.realmstream.jobs.versions.VersionStep;
import io.realmstream.model.checkpoint.DefaultCheckpoints;
import io.realmstream.model.learning.HeadFile;
import io.realmstream.model.learning.ProjectionHead;
import io.realmstream.schemas.json.BadRecordException;
import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.json.JsonCodec;
import io.realmstream.schemas.learning.Feedback;
import io.realmstream.schemas.learning.LearningStatus;
import io.realmstream.schemas.vectors.RepublicationRequest;
import io.realmstream.schemas.version.EncoderTower;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import io.realmstream.schemas.version.StateChange;
import io.realmstream.schemas.version.VersionProposal;
import io.realmstream.schemas.version.VersionState;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.flink.api.common.typeutils.base.IntSerializer;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/** The learn operator on RocksDB with a real encoder; its time passes as the test says. */
final class LearnHarness implements AutoCloseable {
  static final int SHARDS = 8;
  static final Path FOLDER = Path.of("target", "learned").toAbsolutePath();
  static final RetrieverCheckpoint COLD = cold();

  /** Of a record where it does not matter. */
  static final TopicPlace PLACE = new TopicPlace(0, 0, 0);

  private static final int DIMENSION = 384;
  private static final long PATIENCE_NANOS = Duration.ofMinutes(5).toNanos();
  private static final long PAUSE_NANOS = Duration.ofMillis(1).toNanos();
  private static final Shards NUMBERS = new Shards(SHARDS);

  private final AbstractStreamOperatorTestHarness<OutboundRecord> harness;
  private final LearnOperator operator;
  private long nowMs = 1_000_000;
  private long checkpoint;
  private int proposals;

  LearnHarness(int passagesMax, OperatorSubtaskState... restored) throws Exception {
    this(settings(passagesMax, 0), restored);
  }

  LearnHarness(LearnSettings settings, OperatorSubtaskState... restored) throws Exception {
    harness =
        new AbstractStreamOperatorTestHarness<>(
            new LearnOperatorFactory(settings, models()), SHARDS, 1, 0);
    harness
        .getStreamConfig()
        .setStatePartitioner(0, (TrunkEvent event) -> NUMBERS.key(event.shard()));
    harness.getStreamConfig().setStatePartitioner(1, (VersionStep step) -> NUMBERS.key(0));
    harness.getStreamConfig().setStateKeySerializer(IntSerializer.INSTANCE);
    harness.getStreamConfig().serializeAllConfigs();
    harness.setStateBackend(new EmbeddedRocksDBStateBackend(false));
    harness.setProcessingTime(nowMs);
    harness.setup();
    if (restored.length > 0) {
      harness.initializeState(restored[0]);
    } else {
      harness.initializeEmptyState();
    }
    harness.open();
    operator = (LearnOperator) harness.getOperator();
  }

  static LearnSettings settings(int passagesMax, int windowMs) {
    return new LearnSettings(SHARDS, FOLDER.toString(), 64, 2, passagesMax, 1_000, windowMs, true);
  }

  static Models models() {
    return new Models(
        new Configuration()
            .set(RealmOptions.MODEL_DIRECTORY, Path.of("target", "models").toString())
            .set(RealmOptions.MODEL_SOURCES, List.of("classpath:", FOLDER.toUri().toString())));
  }

  /** MiniLM behind two independent random heads, which find nothing. */
  private static RetrieverCheckpoint cold() {
    RetrieverCheckpoint minilm = DefaultCheckpoints.minilm();
    return minilm.with(headed(minilm.documentTower(), 11), headed(minilm.queryTower(), 12), 20);
  }

  private static EncoderTower headed(EncoderTower tower, long seed) {
    byte[] head = HeadFile.of(ProjectionHead.random(new double[DIMENSION], 64, seed));
    HeadFolder folder = new HeadFolder(FOLDER.toString());
    folder.write(head);
    return tower.with(folder.part(head));
  }

  /** So many documents, as the updater tells them. */
  void documents(int count) throws Exception {
    for (int i = 0; i < count; i++) {
      document("d" + i, Outputs.text(i), true);
    }
  }

  void document(String id, String text, boolean tellsTrunk) throws Exception {
    take(TrunkEvent.of(ToldDocuments.told(id, 1, text, tellsTrunk), PLACE, false));
  }

  void feedback(String id, String question, List<String> documents) throws Exception {
    Feedback feedback = new Feedback(id, question, List.of(), documents);
    take(TrunkEvent.of(new FeedbackNews(id, feedback), NUMBERS.ofDocument(id), PLACE));
  }

  void delete(String id) throws Exception {
    take(TrunkEvent.of(ToldDocuments.deleted(id, 1), PLACE, false));
  }

  void take(TrunkEvent event) throws Exception {
    StreamRecord<TrunkEvent> element = new StreamRecord<>(event);
    operator.setKeyContextElement1(element);
    operator.processElement1(element);
  }

  /** A version comes into force. */
  void active(int version, RetrieverCheckpoint checkpoint) throws Exception {
    VersionState last = version == 1 ? VersionState.BUILDING : VersionState.READY;
    step(version, new StateChange(null, VersionState.BUILDING), checkpoint);
    if (version > 1) {
      step(version, new StateChange(VersionState.BUILDING, VersionState.READY), null);
    }
    step(version, new StateChange(last, VersionState.ACTIVE), null);
  }

  void step(int version, StateChange change, @Nullable RetrieverCheckpoint checkpoint)
      throws Exception {
    version(
        new VersionStep(
            new VersionProposal(
                "proposal " + proposals++,
                version,
                change,
                "test",
                null,
                checkpoint,
                null,
                Instant.EPOCH)));
  }

  /** All has been read that stood in the log at the start. */
  void logIsRead() throws Exception {
    version(VersionStep.END);
  }

  private void version(VersionStep step) throws Exception {
    StreamRecord<VersionStep> element = new StreamRecord<>(step);
    operator.setKeyContextElement2(element);
    operator.processElement2(element);
  }

  /** Lets time pass until it is so. */
  void await(BooleanSupplier condition) throws Exception {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not in time: " + statuses());
      }
      pass(2); // slower than embedding: no pass begins before all is embedded
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  /** Whether all was learned that stands before that time. */
  boolean isThrough(long timeMs) {
    HeldEvents held = operator.held();
    return held.times().isRead(timeMs) && !held.isDue() && operator.course().isAtRest();
  }

  /** Whether the guard has the towers of the version before open, or opening. */
  boolean holdsTowersBefore() {
    return operator.guard().hasTowers();
  }

  /** Whether the sentences of all documents are embedded. */
  boolean isEmbedded() {
    return operator.course().isEmbedded();
  }

  /** Whether a version is being judged, or was, and what came of it waits. */
  boolean looksBack() {
    return operator.guard().runs();
  }

  /** The parameters as they are now. */
  byte[] parameters() {
    return operator.course().learned().learner();
  }

  /** Lets time pass. */
  void pass(long ms) throws Exception {
    nowMs += ms;
    harness.setProcessingTime(nowMs);
    for (var mail = harness.getTaskMailbox().tryTake(0);
        mail.isPresent();
        mail = harness.getTaskMailbox().tryTake(0)) {
      mail.get().run();
    }
  }

  /** A checkpoint of Flink, which is not complete yet. */
  OperatorSubtaskState snapshot() throws Exception {
    checkpoint++;
    return harness.snapshot(checkpoint, nowMs);
  }

  /** The newest checkpoint of Flink is complete. */
  void complete() throws Exception {
    harness.notifyOfCompletedCheckpoint(checkpoint);
  }

  List<LearningStatus> statuses() {
    return decoded(Codecs.LEARNING_STATUS, side(LearnOutput.STATUS));
  }

  List<RepublicationRequest> requests() {
    return decoded(Codecs.REPUBLICATION_REQUEST, side(LearnOutput.REQUESTS));
  }

  List<VersionProposal> proposals() {
    return decoded(Codecs.VERSION_PROPOSAL, side(LearnOutput.PROPOSALS));
  }

  List<RetrieverCheckpoint> published() {
    return decoded(Codecs.RETRIEVER_CHECKPOINT, harness.extractOutputValues());
  }

  private static <T> List<T> decoded(JsonCodec<T> codec, List<OutboundRecord> records) {
    List<T> decoded = new ArrayList<>();
    for (OutboundRecord record : records) {
      try {
        decoded.add(codec.decode(Objects.requireNonNull(record.value())));
      } catch (BadRecordException e) {
        throw new AssertionError(e);
      }
    }
    return decoded;
  }

  private List<OutboundRecord> side(OutputTag<OutboundRecord> tag) {
    var output = harness.getSideOutput(tag);
    return output == null ? List.of() : output.stream().map(StreamRecord::getValue).toList();
  }

  /** Ends the operator as a cancelled task does. */
  @Override
  public void close() {
    try {
      operator.close();
      harness.getEnvironment().close();
    } catch (Exception e) {
      throw new AssertionError("the operator does not close", e);
    }
  }
}
