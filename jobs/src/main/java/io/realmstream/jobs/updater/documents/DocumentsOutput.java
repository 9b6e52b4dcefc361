package io.realmstream.jobs.updater.documents;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.realmstream.jobs.DeadLetters;
import io.realmstream.jobs.InboundRecord;
import io.realmstream.jobs.OutboundRecord;
import io.realmstream.jobs.RecordHeader;
import io.realmstream.jobs.Refusals;
import io.realmstream.model.document.ReceivedEdit;
import io.realmstream.model.transport.ShardNumbers;
import io.realmstream.model.updating.publish.Parts;
import io.realmstream.model.updating.publish.UpdaterOutput;
import io.realmstream.schemas.avro.VectorMessageCodec;
import io.realmstream.schemas.document.AcceptedEdit;
import io.realmstream.schemas.document.DocumentStatus;
import io.realmstream.schemas.document.Outcome;
import io.realmstream.schemas.json.AcceptedEditCodec;
import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.vectors.Heartbeat;
import io.realmstream.schemas.vectors.PassageVectors;
import io.realmstream.schemas.vectors.ShardPosition;
import io.realmstream.schemas.vectors.VectorMessage;
import io.realmstream.schemas.vectors.VectorRecord;
import io.realmstream.schemas.version.VersionProposal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * What leaves the documents operator. All that concerns a shard goes to one partition of the
 * vectors topic, in order and numbered.
 */
public final class DocumentsOutput implements UpdaterOutput {
  /** Document status of edits that will never be answerable. */
  public static final OutputTag<OutboundRecord> STATUS = new OutputTag<>("document-status") {};

  /** Edits that are accepted. */
  public static final OutputTag<OutboundRecord> ACCEPTED = new OutputTag<>("accepted") {};

  /** Versions that the self-check keeps from being READY. */
  public static final OutputTag<VersionProposal> PROPOSALS = new OutputTag<>("proposals") {};

  private final Output<StreamRecord<OutboundRecord>> output;
  private final Refusals refusals;
  private final UpdaterMetrics metrics;
  private final DocumentsSettings settings;

  /** By shard of the subtask. */
  private final Map<Integer, ShardNumbers> numbers = new TreeMap<>();

  DocumentsOutput(
      Output<StreamRecord<OutboundRecord>> output,
      Refusals refusals,
      UpdaterMetrics metrics,
      DocumentsSettings settings) {
    this.output = output;
    this.refusals = refusals;
    this.metrics = metrics;
    this.settings = settings;
  }

  /**
   * Begins to number what goes to a shard.
   *
   * @param before what the restored state knows to be sent last; null = nothing
   */
  void begin(int shard, long run, @Nullable ShardPosition before) {
    numbers.put(shard, new ShardNumbers(shard, run, before));
  }

  /** What was sent last to a shard; null = nothing. */
  @Nullable ShardPosition last(int shard) {
    return numbers(shard).last();
  }

  @Override
  public void vectors(PassageVectors whole, boolean again) {
    byte[] key = whole.document().getBytes(UTF_8);
    for (PassageVectors part : Parts.cut(whole)) {
      send(partition(whole.shard()), key, numbers(whole.shard()).next(part, again));
    }
  }

  @Override
  public void shard(int shard, VectorMessage message) {
    send(partition(shard), new byte[0], numbers(shard).next(message, false));
  }

  /** A heartbeat into every partition that is written, each with what its shards were sent last. */
  void beat(Heartbeat beat) {
    for (int partition = 0; partition < settings.partitions(); partition++) {
      List<ShardPosition> last = new ArrayList<>();
      for (Map.Entry<Integer, ShardNumbers> shard : numbers.entrySet()) {
        ShardPosition position = shard.getValue().last();
        if (partition(shard.getKey()) == partition && position != null) {
          last.add(position);
        }
      }
      send(partition, new byte[0], VectorRecord.unnumbered(beat.with(last)));
    }
  }

  private ShardNumbers numbers(int shard) {
    return Objects.requireNonNull(numbers.get(shard), "shard of another subtask");
  }

  @Override
  public void status(DocumentStatus status) {
    output.collect(
        STATUS,
        new StreamRecord<>(
            OutboundRecord.byKey(
                status.id().getBytes(UTF_8), Codecs.DOCUMENT_STATUS.encode(status))));
  }

  @Override
  public void accepted(AcceptedEdit accepted) {
    List<RecordHeader> headers = new ArrayList<>();
    AcceptedEditCodec.headers(accepted)
        .forEach((name, value) -> headers.add(new RecordHeader(name, value)));
    output.collect(
        ACCEPTED,
        new StreamRecord<>(
            new OutboundRecord(
                OutboundRecord.BY_KEY,
                AcceptedEditCodec.key(accepted),
                AcceptedEditCodec.value(accepted),
                headers)));
  }

  @Override
  public void proposal(VersionProposal proposal) {
    output.collect(PROPOSALS, new StreamRecord<>(proposal));
  }

  /** The edit, in its canonical form, as a dead letter of the record that it was read from. */
  @Override
  public void deadLetter(ReceivedEdit received, String message) {
    InboundRecord record =
        new InboundRecord(
            settings.topic(),
            received.partition(),
            received.offset(),
            received.timestamp(),
            received.edit().id().getBytes(UTF_8),
            Codecs.DOCUMENT_EDIT.encode(received.edit()),
            List.of());
    output.collect(
        DeadLetters.TAG,
        new StreamRecord<>(refusals.refuse(record, DeadLetters.Reason.EMBEDDING, message)));
  }

  @Override
  public void count(Outcome outcome) {
    metrics.count(outcome);
  }

  @Override
  public void countPendingRepeat() {
    metrics.countPendingRepeat();
  }

  @Override
  public void countRepublished() {
    metrics.countRepublished();
  }

  @Override
  public void countSelfCheckFailed() {
    metrics.countSelfCheckFailed();
  }

  private int partition(int shard) {
    return shard % settings.partitions();
  }

  private void send(int partition, byte[] key, VectorRecord record) {
    output.collect(
        new StreamRecord<>(
            new OutboundRecord(partition, key, VectorMessageCodec.encode(record), List.of())));
  }
}
