package io.realmstream.jobs.updater.decode;

import io.realmstream.jobs.DeadLetters;
import io.realmstream.jobs.InboundRecord;
import io.realmstream.jobs.OperatorMetrics;
import io.realmstream.jobs.Refusals;
import io.realmstream.jobs.Shards;
import io.realmstream.jobs.graph.DocumentsRecord;
import io.realmstream.jobs.updater.documents.ShardEdit;
import io.realmstream.model.document.DocumentState;
import io.realmstream.model.document.ReceivedEdit;
import io.realmstream.model.freshness.ReadThrough;
import io.realmstream.schemas.document.AcceptedEdit;
import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.json.BadRecordException;
import io.realmstream.schemas.json.ClientEditCodec;
import java.time.Instant;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Bytes of the documents topic to edits. A record without a value deletes the document that its key
 * names, and one whose key is another than its document's id is refused; an edit without a revision
 * is ordered by its place in the topic and gets its Kafka timestamp as revision. A link that is no
 * https address is left out. What a reader says of itself goes to every shard.
 */
public final class DecodeDocumentFunction extends ProcessFunction<DocumentsRecord, ShardEdit> {
  public static final String UID = "decode-documents";
  private static final long serialVersionUID = 1L;

  private final Shards shards;
  private final int bytesMax;
  private transient @Nullable ClientEditCodec codec;
  private transient @Nullable Refusals refusals;
  private transient @Nullable Counter linksLeftOut;

  public DecodeDocumentFunction(Shards shards, int bytesMax) {
    this.shards = shards;
    this.bytesMax = bytesMax;
  }

  @Override
  public void open(OpenContext context) {
    codec = new ClientEditCodec(bytesMax);
    OperatorMetrics metrics = new OperatorMetrics(getRuntimeContext().getMetricGroup());
    refusals =
        new Refusals(UID, metrics, DeadLetters.Reason.MALFORMED, DeadLetters.Reason.TOO_LARGE);
    linksLeftOut = metrics.counter("linksLeftOut");
  }

  @Override
  public void processElement(
      DocumentsRecord sourced, Context context, Collector<ShardEdit> collector) {
    InboundRecord record = sourced.record();
    if (record != null) {
      decode(record, context, collector);
      return;
    }
    ReadThrough through = Objects.requireNonNull(sourced.through(), "a record or neither");
    for (int shard : shards.all()) {
      collector.collect(ShardEdit.through(shard, through));
    }
  }

  private void decode(InboundRecord record, Context context, Collector<ShardEdit> collector) {
    byte[] value = record.value();
    if (value != null && value.length > bytesMax) {
      refuse(
          record,
          context,
          DeadLetters.Reason.TOO_LARGE,
          "record of " + value.length + " bytes, at most " + bytesMax + " are read");
      return;
    }
    try {
      DocumentEdit edit = withFitLink(Objects.requireNonNull(codec).decode(record.key(), value));
      DocumentState order = place(edit, record);
      Instant readAt = Instant.ofEpochMilli(context.timerService().currentProcessingTime());
      ReceivedEdit received =
          new ReceivedEdit(
              edit,
              shards.ofDocument(edit.id()),
              record.partition(),
              record.offset(),
              record.timestamp(),
              readAt);
      collector.collect(ShardEdit.of(received.withRevision(order.revision()), order));
    } catch (BadRecordException e) {
      refuse(record, context, DeadLetters.Reason.MALFORMED, String.valueOf(e.getMessage()));
    }
  }

  private DocumentEdit withFitLink(DocumentEdit edit) {
    if (edit.provenance().hasFitLink()) {
      return edit;
    }
    Objects.requireNonNull(linksLeftOut).inc();
    return edit.withProvenance(edit.provenance().withoutLink());
  }

  private static DocumentState place(DocumentEdit edit, InboundRecord record)
      throws BadRecordException {
    long time = Math.max(record.timestamp(), -1);
    try {
      return DocumentState.of(
          edit, new AcceptedEdit.Origin(time, record.partition(), record.offset()));
    } catch (IllegalArgumentException e) {
      throw new BadRecordException(String.valueOf(e.getMessage()));
    }
  }

  private void refuse(
      InboundRecord record,
      ProcessFunction<?, ?>.Context context,
      DeadLetters.Reason reason,
      String message) {
    context.output(
        DeadLetters.TAG, Objects.requireNonNull(refusals).refuse(record, reason, message));
  }
}
