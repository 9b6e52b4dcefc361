package io.realmstream.jobs.updater.decode;

import io.realmstream.jobs.DeadLetters;
import io.realmstream.jobs.InboundRecord;
import io.realmstream.jobs.OperatorMetrics;
import io.realmstream.jobs.RecordHeader;
import io.realmstream.jobs.Refusals;
import io.realmstream.jobs.Shards;
import io.realmstream.jobs.updater.documents.ShardEdit;
import io.realmstream.model.document.DocumentState;
import io.realmstream.model.document.ReceivedEdit;
import io.realmstream.schemas.document.AcceptedEdit;
import io.realmstream.schemas.json.AcceptedEditCodec;
import io.realmstream.schemas.json.BadRecordException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/**
 * Records of the topic of accepted edits to edits, and behind the last one their end for every
 * document shard. One subtask, so that the end stands behind all.
 */
public final class DecodeAcceptedOperator extends AbstractStreamOperator<ShardEdit>
    implements OneInputStreamOperator<InboundRecord, ShardEdit>, BoundedOneInput {
  public static final String UID = "decode-accepted";
  private static final long serialVersionUID = 1L;

  /** The origin of an edit that has none recorded: of a deletion. */
  private static final AcceptedEdit.Origin UNKNOWN = new AcceptedEdit.Origin(0, 0, 0);

  private final Shards shards;
  private transient @Nullable Refusals refusals;

  public DecodeAcceptedOperator(Shards shards) {
    this.shards = shards;
  }

  @Override
  public void processElement(StreamRecord<InboundRecord> element) {
    InboundRecord record = element.getValue();
    try {
      AcceptedEdit accepted =
          AcceptedEditCodec.decode(record.key(), record.value(), headers(record));
      output.collect(
          new StreamRecord<>(ShardEdit.recorded(received(accepted), DocumentState.of(accepted))));
    } catch (BadRecordException e) {
      String message = String.valueOf(e.getMessage());
      output.collect(
          DeadLetters.TAG,
          new StreamRecord<>(refusals().refuse(record, DeadLetters.Reason.MALFORMED, message)));
    }
  }

  @Override
  public void endInput() {
    for (int shard = 0; shard < shards.count(); shard++) {
      output.collect(new StreamRecord<>(ShardEdit.end(shard)));
    }
  }

  private ReceivedEdit received(AcceptedEdit accepted) {
    AcceptedEdit.Origin known = accepted.origin();
    AcceptedEdit.Origin origin = known == null ? UNKNOWN : known;
    return new ReceivedEdit(
        accepted.edit(),
        shards.ofDocument(accepted.edit().id()),
        origin.partition(),
        origin.offset(),
        origin.time(),
        Instant.ofEpochMilli(getProcessingTimeService().getCurrentProcessingTime()));
  }

  private static Map<String, byte[]> headers(InboundRecord record) {
    Map<String, byte[]> headers = new HashMap<>();
    for (RecordHeader header : record.headers()) {
      headers.put(header.key(), header.value());
    }
    return headers;
  }

  // not on opening: this task ends with its topic, and its metric would appear for a moment
  private Refusals refusals() {
    if (refusals == null) {
      refusals =
          new Refusals(UID, new OperatorMetrics(getMetricGroup()), DeadLetters.Reason.MALFORMED);
    }
    return refusals;
  }
}
