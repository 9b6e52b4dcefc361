package io.realmstream.jobs.updater;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.realmstream.jobs.DeadLetters;
import io.realmstream.jobs.InboundRecord;
import io.realmstream.jobs.OutboundRecord;
import io.realmstream.jobs.RecordHeader;
import io.realmstream.jobs.Refusals;
import io.realmstream.schemas.document.AcceptedEdit;
import io.realmstream.schemas.document.DocumentStatus;
import io.realmstream.schemas.json.AcceptedEditCodec;
import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.vectors.PassageVectors;
import io.realmstream.schemas.vectors.VectorMessage;
import io.realmstream.schemas.vectors.VectorMessageCodec;
import io.realmstream.schemas.version.VersionProposal;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * What leaves the documents operator. All that concerns a shard goes to one partition of the
 * vectors topic, in order.
 */
final class UpdaterOutput {
  /** Document status of edits that will never be answerable. */
  static final OutputTag<OutboundRecord> STATUS = new OutputTag<>("document-status") {};

  /** Edits that are accepted. */
  static final OutputTag<OutboundRecord> ACCEPTED = new OutputTag<>("accepted") {};

  /** Versions that the self-check keeps from being READY. */
  static final OutputTag<VersionProposal> PROPOSALS = new OutputTag<>("proposals") {};

  private final Output<StreamRecord<OutboundRecord>> output;
  private final Refusals refusals;
  private final UpdaterSettings settings;
  private final int partitions;

  /**
   * @param partitions of the vectors topic that are written
   */
  UpdaterOutput(
      Output<StreamRecord<OutboundRecord>> output,
      Refusals refusals,
      UpdaterSettings settings,
      int partitions) {
    this.output = output;
    this.refusals = refusals;
    this.settings = settings;
    this.partitions = partitions;
  }

  void vectors(PassageVectors whole) {
    byte[] key = whole.document().getBytes(UTF_8);
    for (PassageVectors part : Parts.cut(whole)) {
      send(partition(whole.shard()), key, part);
    }
  }

  /** A message about a shard as a whole. */
  void shard(int shard, VectorMessage message) {
    send(partition(shard), new byte[0], message);
  }

  /** A message into every partition that is written. */
  void everywhere(VectorMessage message) {
    for (int partition = 0; partition < partitions; partition++) {
      send(partition, new byte[0], message);
    }
  }

  void status(DocumentStatus status) {
    output.collect(
        STATUS,
        new StreamRecord<>(
            OutboundRecord.byKey(
                status.id().getBytes(UTF_8), Codecs.DOCUMENT_STATUS.encode(status))));
  }

  /** An edit for whoever starts without state; one that JSON cannot say is a dead letter. */
  void accepted(AcceptedEdit accepted) {
    try {
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
    } catch (IllegalArgumentException e) {
      output.collect(
          DeadLetters.TAG,
          new StreamRecord<>(
              refusals.refuse(
                  accepted.edit().id(),
                  DeadLetters.Reason.MALFORMED,
                  "accepted, and cannot be written down: " + e.getMessage())));
    }
  }

  void proposal(VersionProposal proposal) {
    output.collect(PROPOSALS, new StreamRecord<>(proposal));
  }

  /** The edit, in its canonical form, as a dead letter of the record that it was read from. */
  void deadLetter(ReceivedEdit received, String message) {
    InboundRecord record =
        new InboundRecord(
            settings.documentsTopic(),
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

  private int partition(int shard) {
    return shard % partitions;
  }

  private void send(int partition, byte[] key, VectorMessage message) {
    output.collect(
        new StreamRecord<>(
            new OutboundRecord(partition, key, VectorMessageCodec.encode(message), List.of())));
  }
}
