package io.realmstream.jobs.updater.documents;

import io.realmstream.jobs.DeadLetters;
import io.realmstream.jobs.Models;
import io.realmstream.jobs.OutboundRecord;
import io.realmstream.jobs.Shards;
import io.realmstream.model.checkpoint.DefaultCheckpoints;
import io.realmstream.model.updating.reuse.KnownOutputs;
import io.realmstream.model.updating.reuse.ReuseLimits;
import io.realmstream.model.version.VersionTable;
import io.realmstream.schemas.avro.VectorMessageCodec;
import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.document.DocumentStatus;
import io.realmstream.schemas.document.EditKind;
import io.realmstream.schemas.document.Provenance;
import io.realmstream.schemas.json.BadRecordException;
import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.vectors.PassageVectors;
import io.realmstream.schemas.vectors.ShardComplete;
import io.realmstream.schemas.vectors.VectorMessage;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import io.realmstream.schemas.version.StateChange;
import io.realmstream.schemas.version.VersionProposal;
import io.realmstream.schemas.version.VersionState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.base.IntSerializer;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;

/** The documents operator on RocksDB with the real encoder, one subtask of some. */
public final class DocumentsHarness implements AutoCloseable {
  static final int SHARDS = 8;
  static final int PARTITIONS = 3;
  static final Duration TOMBSTONE_TTL = Duration.ofHours(1);
  static final RetrieverCheckpoint CHECKPOINT = DefaultCheckpoints.minilm();
  static final Models MODELS = SeededProjection.models();

  private static final Shards NUMBERS = new Shards(SHARDS);
  private static final long PATIENCE_NANOS = Duration.ofMinutes(10).toNanos();
  private static final long MAIL_PAUSE_NANOS = Duration.ofMillis(1).toNanos();

  final AbstractStreamOperatorTestHarness<OutboundRecord> harness;
  private final MeasuredEnvironment environment = new MeasuredEnvironment();
  private long offset;

  /** Which subtask of how many, and how much may wait. */
  record Place(int subtasks, int subtask, int pendingDocumentsMax, ReuseLimits reuse) {
    static final Place ALONE = new Place(1, 0, 1_000);

    Place(int subtasks, int subtask, int pendingDocumentsMax) {
      this(subtasks, subtask, pendingDocumentsMax, TestSettings.REUSE);
    }

    boolean owns(String id) {
      return NUMBERS.ofDocument(id) * subtasks / SHARDS == subtask;
    }
  }

  static DocumentsHarness open(Place place, OperatorSubtaskState... restored) throws Exception {
    return open(place, PARTITIONS, restored);
  }

  static DocumentsHarness open(Place place, int partitions, OperatorSubtaskState... restored)
      throws Exception {
    DocumentsHarness harness = unread(place, partitions, restored);
    Arrivals.end(harness, place);
    return harness;
  }

  /** With the topic of accepted edits still to come. */
  static DocumentsHarness unread(Place place, int partitions, OperatorSubtaskState... restored)
      throws Exception {
    DocumentsHarness harness = new DocumentsHarness(place, partitions);
    harness.start(place, restored);
    return harness;
  }

  private DocumentsHarness(Place place, int partitions) throws Exception {
    DocumentsSettings settings =
        TestSettings.of(partitions, place.pendingDocumentsMax(), place.reuse());
    harness =
        new AbstractStreamOperatorTestHarness<>(
            new DocumentsOperatorFactory(settings, MODELS), environment.of(place));
    harness.getStreamConfig().setStatePartitioner(0, (ShardEdit edit) -> NUMBERS.key(edit.shard()));
    harness
        .getStreamConfig()
        .setStatePartitioner(1, (ShardEvent event) -> NUMBERS.key(event.shard()));
    harness.getStreamConfig().setStateKeySerializer(IntSerializer.INSTANCE);
    harness.getStreamConfig().serializeAllConfigs();
    harness.setStateBackend(new EmbeddedRocksDBStateBackend(true));
  }

  private void start(Place place, OperatorSubtaskState... restored) throws Exception {
    harness.setup(
        TypeInformation.of(OutboundRecord.class)
            .createSerializer(harness.getExecutionConfig().getSerializerConfig()));
    if (restored.length > 0) {
      harness.initializeState(
          AbstractStreamOperatorTestHarness.repartitionOperatorState(
              AbstractStreamOperatorTestHarness.repackageState(restored),
              SHARDS,
              restored.length,
              place.subtasks(),
              place.subtask()));
    } else {
      harness.initializeEmptyState();
    }
    harness.open();
  }

  /** The table of the version that the checkpoint makes, BUILDING and then ACTIVE. */
  static VersionTable table() {
    return proposed(VersionTable.EMPTY, 1, VersionState.BUILDING, VersionState.ACTIVE);
  }

  /** Takes a version through states, the first time from nothing. */
  static VersionTable proposed(VersionTable table, int version, VersionState... states) {
    VersionTable next = table;
    VersionState from =
        table.get(version) == null ? null : table.versions().get(version - 1).state();
    for (VersionState to : states) {
      String id = version + " " + from + " " + to + " " + next.proposals().size();
      VersionTable.Step step =
          next.apply(
              new VersionProposal(
                  id,
                  version,
                  new StateChange(from, to),
                  "test",
                  null,
                  from == null ? CHECKPOINT : null,
                  null,
                  Instant.EPOCH));
      if (step.ignored() != null) {
        throw new IllegalArgumentException(step.ignored());
      }
      next = step.table();
      from = to;
    }
    return next;
  }

  public static DocumentEdit upsert(String id, long revision, String text) {
    return new DocumentEdit(id, revision, EditKind.UPSERT, "", text, true, null, Provenance.NONE);
  }

  public static DocumentEdit delete(String id, long revision) {
    return DocumentEdit.deletion(id, revision);
  }

  /** An edit with that Kafka timestamp. */
  void edit(DocumentEdit edit, long timestamp) throws Exception {
    Arrivals.client(this, edit, offset++, timestamp);
  }

  void edit(DocumentEdit edit) throws Exception {
    edit(edit, 0);
  }

  /** The table for every shard of this subtask. */
  void versions(VersionTable table, Place place) throws Exception {
    for (int shard = 0; shard < SHARDS; shard++) {
      if (shard * place.subtasks() / SHARDS == place.subtask()) {
        StreamRecord<ShardEvent> element = new StreamRecord<>(new ShardEvent(shard, 7, table));
        operator().setKeyContextElement2(element);
        operator().processElement2(element);
      }
    }
  }

  /** Runs mails until the condition holds. */
  void await(BooleanSupplier condition) throws Exception {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not within ten minutes; output: " + messages());
      }
      var mail = harness.getTaskMailbox().tryTake(0);
      if (mail.isPresent()) {
        mail.get().run();
      } else {
        // a processor for the threads that embed, where there are few
        LockSupport.parkNanos(MAIL_PAUSE_NANOS);
      }
    }
  }

  void awaitRecords(int count) throws Exception {
    await(() -> records().size() >= count);
  }

  List<VectorMessage> messages() {
    return harness.extractOutputValues().stream()
        .map(
            record -> {
              try {
                return VectorMessageCodec.decode(Objects.requireNonNull(record.value()));
              } catch (BadRecordException e) {
                throw new AssertionError(e);
              }
            })
        .toList();
  }

  List<PassageVectors> records() {
    return of(PassageVectors.class);
  }

  <M extends VectorMessage> List<M> of(Class<M> type) {
    return messages().stream().filter(type::isInstance).map(type::cast).toList();
  }

  List<OutboundRecord> outbound() {
    return harness.extractOutputValues();
  }

  /** Passages since the operator was opened that have taken so much. */
  long passages(KnownOutputs.Effort effort) {
    return environment.passages(effort);
  }

  List<DocumentStatus> statuses() throws BadRecordException {
    List<DocumentStatus> statuses = new ArrayList<>();
    for (OutboundRecord record : side(DocumentsOutput.STATUS)) {
      statuses.add(Codecs.DOCUMENT_STATUS.decode(Objects.requireNonNull(record.value())));
    }
    return statuses;
  }

  List<OutboundRecord> deadLetters() {
    return side(DeadLetters.TAG);
  }

  <T> List<T> side(OutputTag<T> tag) {
    ConcurrentLinkedQueue<StreamRecord<T>> output = harness.getSideOutput(tag);
    return output == null ? List.of() : output.stream().map(StreamRecord::getValue).toList();
  }

  void time(long millis) throws Exception {
    harness.setProcessingTime(millis);
    harness.setStateTtlProcessingTime(millis);
  }

  OperatorSubtaskState snapshot() throws Exception {
    return harness.snapshot(1, 1);
  }

  void finish() throws Exception {
    operator().finish();
  }

  DocumentsOperator operator() {
    return (DocumentsOperator) harness.getOperator();
  }

  /** Some passages, of which only the last depends on {@code end}. */
  static String longText(String end) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 60; i++) {
      text.append("This is sentence number ").append(i).append(" of a text about rivers. ");
    }
    return text.append("It ends with ").append(end).append('.').toString();
  }

  /** With a complete version. */
  static DocumentsHarness ready() throws Exception {
    DocumentsHarness documents = DocumentsHarness.open(Place.ALONE);
    documents.versions(table(), Place.ALONE);
    documents.await(() -> documents.of(ShardComplete.class).size() == SHARDS);
    return documents;
  }

  /** Ends the operator as a cancelled task does: nothing is drained. */
  @Override
  public void close() {
    try {
      operator().close();
      harness.getEnvironment().close();
    } catch (Exception e) {
      throw new AssertionError("the operator does not close", e);
    }
  }
}
