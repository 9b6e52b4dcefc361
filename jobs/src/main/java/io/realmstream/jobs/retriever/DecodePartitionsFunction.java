package io.realmstream.jobs.retriever;

import io.realmstream.jobs.DeadLetters;
import io.realmstream.jobs.DeadLetters.Reason;
import io.realmstream.jobs.InboundRecord;
import io.realmstream.jobs.OperatorMetrics;
import io.realmstream.jobs.Refusals;
import io.realmstream.model.index.partition.PartitionCodec;
import io.realmstream.model.index.partition.PartitionEvent;
import io.realmstream.schemas.json.BadRecordException;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/** Decodes the partitions topic; a null value only makes room in it. */
public final class DecodePartitionsFunction extends ProcessFunction<InboundRecord, PartitionEvent> {
  static final String UID = "decode-partitions";
  private static final long serialVersionUID = 1L;

  private transient Refusals refusals;

  @SuppressWarnings("NullAway.Init") // open comes before any record
  public DecodePartitionsFunction() {}

  @Override
  public void open(OpenContext context) {
    OperatorMetrics metrics = new OperatorMetrics(getRuntimeContext().getMetricGroup());
    refusals = new Refusals(UID, metrics, Reason.MALFORMED);
  }

  @Override
  public void processElement(InboundRecord record, Context context, Collector<PartitionEvent> out) {
    byte[] value = record.value();
    if (value == null) {
      return;
    }
    try {
      out.collect(PartitionCodec.decode(value));
    } catch (BadRecordException e) {
      String message = String.valueOf(e.getMessage());
      context.output(DeadLetters.TAG, refusals.refuse(record, Reason.MALFORMED, message));
    }
  }
}
