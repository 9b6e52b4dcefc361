package io.realmstream.jobs.retriever.passages;

import io.realmstream.jobs.OutboundRecord;
import io.realmstream.jobs.Shards;
import io.realmstream.jobs.retriever.freshness.ShardFreshness;
import io.realmstream.jobs.retriever.freshness.ShardNews;
import io.realmstream.jobs.retriever.vectors.CountedBeat;
import io.realmstream.jobs.retriever.vectors.PassageEvent;
import io.realmstream.model.serving.BeatPosition;
import io.realmstream.model.serving.revision.Ack;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.document.DocumentStatus;
import io.realmstream.schemas.document.Outcome;
import io.realmstream.schemas.document.Provenance;
import io.realmstream.schemas.document.VectorCounts;
import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.vectors.DocumentRevision;
import io.realmstream.schemas.vectors.EditTimes;
import io.realmstream.schemas.vectors.Heartbeat;
import io.realmstream.schemas.vectors.ManifestEntry;
import io.realmstream.schemas.vectors.PassageInsert;
import io.realmstream.schemas.vectors.PassageVectors;
import io.realmstream.schemas.vectors.RecordPart;
import io.realmstream.schemas.vectors.RepublicationRequest;
import io.realmstream.schemas.vectors.ShardComplete;
import io.realmstream.schemas.vectors.ShardRound;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/** The passages operator on RocksDB, and what the vectors topic and the cells tell it. */
final class PassagesHarness implements AutoCloseable {
  static final int SHARD = 3;
  private static final long RUN = 5;
  private static final Shards SHARDS = new Shards(16);

  private KeyedTwoInputStreamOperatorTestHarness<Integer, PassageEvent, Lookup, Found> harness;
  private long now;
  private long beats;

  PassagesHarness() throws Exception {
    harness = harness();
    harness.open();
  }

  @Override
  public void close() {
    try {
      harness.close();
    } catch (Exception e) {
      throw new AssertionError("the operator does not close", e);
    }
  }

  /** Lets some time pass. */
  void pass(long ms) throws Exception {
    time(now + ms);
  }

  void restore() throws Exception {
    OperatorSubtaskState snapshot = harness.snapshot(1, 1);
    harness.close();
    harness = harness();
    harness.initializeState(snapshot);
    harness.open();
    harness.setProcessingTime(now);
  }

  private static KeyedTwoInputStreamOperatorTestHarness<Integer, PassageEvent, Lookup, Found>
      harness() throws Exception {
    var operator = new KeyedCoProcessOperator<>(new PassagesFunction(SHARDS, Duration.ofDays(1)));
    var harness =
        new KeyedTwoInputStreamOperatorTestHarness<>(
            operator, SHARDS.by(PassageEvent::shard), SHARDS.by(Lookup::shard), Types.INT);
    harness.setStateBackend(new EmbeddedRocksDBStateBackend());
    return harness;
  }

  void begin(long round) throws Exception {
    send(PassageEvent.of(new ShardRound(SHARD, round, false, List.of(), List.of())));
  }

  void end(long round) throws Exception {
    List<Integer> versions = new ArrayList<>(List.of(1));
    send(PassageEvent.of(new ShardRound(SHARD, round, true, versions, versions)));
  }

  void add(String document, long revision) throws Exception {
    publish(document, revision, false);
    acknowledge(document, revision);
  }

  void again(String document, long revision) throws Exception {
    publish(document, revision, true);
  }

  void publish(String document, long revision, boolean again) throws Exception {
    send(PassageEvent.of(record(document, revision, Outcome.ADDED), again));
  }

  /** A document of one passage, whose uid depends on the revision. */
  static PassageVectors record(String document, long revision, Outcome outcome) {
    Hash128 uid = uid(document, revision);
    boolean gone = outcome == Outcome.DELETED;
    return new PassageVectors(
        document,
        SHARD,
        1,
        new DocumentRevision(
            revision,
            DocumentRevision.NO_EDIT,
            outcome,
            "Title",
            new EditTimes(null, Instant.EPOCH, Instant.EPOCH),
            0,
            VectorCounts.NONE,
            Provenance.NONE),
        RecordPart.WHOLE,
        gone ? List.of() : new ArrayList<>(List.of(new ManifestEntry(uid, 0, 1))),
        gone
            ? List.of()
            : new ArrayList<>(List.of(new PassageInsert(uid, uid, document, new float[0]))));
  }

  static PassageVectors without(PassageVectors v) {
    return new PassageVectors(
        v.document(),
        v.shard(),
        v.version(),
        new DocumentRevision(
            v.revision().number(),
            v.revision().edit(),
            v.revision().outcome(),
            v.revision().title(),
            v.revision().times(),
            0,
            VectorCounts.NONE,
            Provenance.NONE),
        v.part(),
        v.manifest(),
        new ArrayList<>());
  }

  private static Hash128 uid(String document, long revision) {
    return Hash128.ofTexts(document, Long.toString(revision));
  }

  void acknowledge(String document, long revision) throws Exception {
    Hash128 uid = uid(document, revision);
    send(
        PassageEvent.of(
            new Ack(SHARD, 1, document, uid, revision, DocumentRevision.NO_EDIT, 0, 1)));
  }

  void beat(long throughMs) throws Exception {
    Heartbeat beat =
        new Heartbeat(7, 0, 1, Heartbeat.through(throughMs), 1, 16, List.of(), List.of());
    send(heard(beat, SHARD, ++beats));
  }

  /** The heartbeat of that number of a shard. */
  static PassageEvent heard(Heartbeat beat, int shard, long number) {
    return PassageEvent.of(new CountedBeat(new BeatPosition(RUN, number), 4, beat), shard);
  }

  void send(PassageEvent event) throws Exception {
    harness.processElement1(new StreamRecord<>(event));
  }

  void time(long ms) throws Exception {
    now = ms;
    harness.setProcessingTime(ms);
  }

  /** Document and revision of those that can be answered. */
  List<String> found(String... documents) throws Exception {
    time(now + 3_000); // what was before is forgotten
    List<Hash128> uids = new ArrayList<>();
    for (String document : documents) {
      for (long revision = 0; revision < 10; revision++) {
        uids.add(uid(document, revision));
      }
    }
    harness.getOutput().clear();
    harness.processElement2(
        new StreamRecord<>(new Lookup("q", 0, 1, SHARD, uids, now, Long.MIN_VALUE)));
    return harness.extractOutputValues().get(0).passages().stream()
        .map(passage -> passage.quoted().document() + " " + passage.quoted().revision())
        .toList();
  }

  List<String> statuses() throws Exception {
    List<String> statuses = new ArrayList<>();
    for (OutboundRecord record : side(PassagesFunction.STATUS)) {
      DocumentStatus s = Codecs.DOCUMENT_STATUS.decode(Objects.requireNonNull(record.value()));
      statuses.add(s.id() + " " + s.revision() + " " + s.outcome());
    }
    return statuses;
  }

  List<RepublicationRequest> requests() throws Exception {
    List<RepublicationRequest> requests = new ArrayList<>();
    for (OutboundRecord record : side(PassagesFunction.REQUESTS)) {
      requests.add(Codecs.REPUBLICATION_REQUEST.decode(Objects.requireNonNull(record.value())));
    }
    return requests;
  }

  List<String> freshness() {
    return words()
        .map(ShardFreshness::through)
        .map(through -> through == null ? "unknown" : "" + through.toEpochMilli())
        .toList();
  }

  /** Of each word how many heartbeats were in front of it; null = it did not say. */
  List<@Nullable Long> settled() {
    List<@Nullable Long> settled = new ArrayList<>();
    words()
        .map(ShardFreshness::settled)
        .forEach(beat -> settled.add(beat == null ? null : Long.valueOf(beat.number())));
    return settled;
  }

  private Stream<ShardFreshness> words() {
    return side(PassagesFunction.NEWS).stream().map(ShardNews::freshness).filter(Objects::nonNull);
  }

  /** Versions in which the shard said that it is complete. */
  List<Integer> complete() {
    return side(PassagesFunction.NEWS).stream()
        .map(ShardNews::complete)
        .filter(Objects::nonNull)
        .map(ShardComplete::version)
        .toList();
  }

  <T> List<T> side(OutputTag<T> tag) {
    Queue<StreamRecord<T>> output = harness.getSideOutput(tag);
    return output == null ? List.of() : output.stream().map(StreamRecord::getValue).toList();
  }
}
