package io.realmstream.jobs.updater.decode;

import io.realmstream.jobs.DeadLetters;
import io.realmstream.jobs.DeadLetters.Reason;
import io.realmstream.jobs.InboundRecord;
import io.realmstream.jobs.OperatorMetrics;
import io.realmstream.jobs.Refusals;
import io.realmstream.jobs.updater.documents.ShardEvent;
import io.realmstream.schemas.json.BadRecordException;
import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.vectors.RepublicationRequest;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/** Decodes requests to publish a shard once more; one for all shards becomes one for each. */
public final class DecodeRepublicationsFunction extends ProcessFunction<InboundRecord, ShardEvent> {
  public static final String UID = "decode-republications";
  private static final long serialVersionUID = 1L;

  private final int shards;
  private transient Refusals refusals;

  @SuppressWarnings("NullAway.Init") // open comes before any record
  public DecodeRepublicationsFunction(int shards) {
    this.shards = shards;
  }

  @Override
  public void open(OpenContext context) {
    OperatorMetrics metrics = new OperatorMetrics(getRuntimeContext().getMetricGroup());
    refusals = new Refusals(UID, metrics, Reason.MALFORMED);
  }

  @Override
  public void processElement(InboundRecord record, Context context, Collector<ShardEvent> out) {
    byte[] value = record.value();
    try {
      if (value == null) {
        throw new BadRecordException("value: is null");
      }
      RepublicationRequest request = Codecs.REPUBLICATION_REQUEST.decode(value);
      check(request);
      Integer shard = request.shard();
      int first = shard == null ? 0 : shard;
      int behind = shard == null ? shards : shard + 1;
      for (int number = first; number < behind; number++) {
        out.collect(ShardEvent.republish(number));
      }
    } catch (BadRecordException e) {
      String message = String.valueOf(e.getMessage());
      context.output(DeadLetters.TAG, refusals.refuse(record, Reason.MALFORMED, message));
    }
  }

  private void check(RepublicationRequest request) throws BadRecordException {
    Integer asked = request.shards();
    if (asked != null && asked != shards) {
      throw new BadRecordException("shards: must be " + shards + " (is " + asked + ")");
    }
    Integer shard = request.shard();
    if (shard != null && shard >= shards) {
      throw new BadRecordException("shard: must be below " + shards + " (is " + shard + ")");
    }
  }
}
