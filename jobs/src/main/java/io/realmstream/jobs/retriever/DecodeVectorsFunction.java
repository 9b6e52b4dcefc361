package io.realmstream.jobs.retriever;

import io.realmstream.jobs.DeadLetters;
import io.realmstream.jobs.DeadLetters.Reason;
import io.realmstream.jobs.InboundRecord;
import io.realmstream.schemas.json.BadRecordException;
import io.realmstream.schemas.vectors.Heartbeat;
import io.realmstream.schemas.vectors.PassageInsert;
import io.realmstream.schemas.vectors.PassageVectors;
import io.realmstream.schemas.vectors.ShardComplete;
import io.realmstream.schemas.vectors.VectorMessage;
import io.realmstream.schemas.vectors.VectorMessageCodec;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Decodes passage vectors for the cells, and on the side tells the document shards, without the
 * vectors, all that the partition says of them, in its order.
 */
public final class DecodeVectorsFunction extends ProcessFunction<InboundRecord, PassageVectors> {
  static final String UID = "decode-vectors";
  private static final long serialVersionUID = 1L;
  private static final float[] NO_VECTOR = {};

  private final int shards;
  private final int partitions;
  private transient Counter refused;

  /**
   * @param shards number of document shards
   * @param partitions number of partitions of the topic; partition p carries the shards s with s
   *     mod partitions = p
   */
  @SuppressWarnings("NullAway.Init") // open comes before any record
  public DecodeVectorsFunction(int shards, int partitions) {
    this.shards = shards;
    this.partitions = partitions;
  }

  @Override
  public void open(OpenContext context) {
    refused = getRuntimeContext().getMetricGroup().counter("deadLetters");
  }

  @Override
  public void processElement(InboundRecord record, Context context, Collector<PassageVectors> out) {
    byte[] value = record.value();
    if (value == null) {
      refuse(record, context, "value: is null");
      return;
    }
    VectorMessage message;
    try {
      message = VectorMessageCodec.decode(value);
    } catch (BadRecordException e) {
      refuse(record, context, String.valueOf(e.getMessage()));
      return;
    }
    if (message instanceof PassageVectors vectors) {
      if (vectors.shard() >= shards) {
        refuse(record, context, "shard: must be below " + shards + " (is " + vectors.shard() + ")");
        return;
      }
      context.output(Outputs.PASSAGE_EVENTS, withoutVectors(vectors));
      out.collect(vectors);
    } else if (message instanceof ShardComplete complete) {
      context.output(
          Outputs.PASSAGE_EVENTS, new PassageEvent(complete.shard(), null, null, null, complete));
    } else if (message instanceof Heartbeat heartbeat) {
      for (int shard = record.partition(); shard < shards; shard += partitions) {
        context.output(
            Outputs.PASSAGE_EVENTS, new PassageEvent(shard, null, null, heartbeat, null));
      }
    }
  }

  private static PassageEvent withoutVectors(PassageVectors v) {
    var inserts =
        v.inserts().stream()
            .map(p -> new PassageInsert(p.uid(), p.contentHash(), p.text(), NO_VECTOR))
            .toList();
    PassageVectors bare =
        new PassageVectors(
            v.document(),
            v.shard(),
            v.revision(),
            v.version(),
            v.part(),
            v.parts(),
            v.outcome(),
            v.title(),
            v.eventTime(),
            v.readAt(),
            v.publishedAt(),
            v.removed(),
            v.truncated(),
            v.manifest(),
            inserts);
    return new PassageEvent(v.shard(), bare, null, null, null);
  }

  private void refuse(InboundRecord record, Context context, String message) {
    refused.inc();
    context.output(DeadLetters.TAG, DeadLetters.of(record, UID, Reason.MALFORMED, message));
  }
}
