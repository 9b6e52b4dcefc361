package io.realmstream.jobs;

import io.realmstream.jobs.DeadLetters.Reason;
import io.realmstream.schemas.json.BadRecordException;
import io.realmstream.schemas.json.JsonCodec;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.function.SerializableSupplier;

/**
 * Decodes the records of a JSON topic; what cannot be decoded becomes a dead letter.
 *
 * @param <T> the topic's record
 */
public class JsonDecodeFunction<T> extends ProcessFunction<InboundRecord, T> {
  private static final long serialVersionUID = 1L;

  private final String stage;
  private final SerializableSupplier<JsonCodec<T>> codecs;
  private transient JsonCodec<T> codec;
  private transient Refusals refusals;

  /**
   * @param stage uid of this operator
   * @param codecs the codec, which itself does not travel
   */
  @SuppressWarnings("NullAway.Init") // open comes before any record
  public JsonDecodeFunction(String stage, SerializableSupplier<JsonCodec<T>> codecs) {
    this.stage = stage;
    this.codecs = codecs;
  }

  @Override
  public void open(OpenContext context) {
    codec = codecs.get();
    refusals =
        new Refusals(
            stage, new OperatorMetrics(getRuntimeContext().getMetricGroup()), Reason.MALFORMED);
  }

  @Override
  public void processElement(InboundRecord record, Context context, Collector<T> out) {
    byte[] value = record.value();
    if (value == null) {
      refuse(record, context, "value: is null");
      return;
    }
    try {
      out.collect(codec.decode(value));
    } catch (BadRecordException e) {
      refuse(record, context, String.valueOf(e.getMessage()));
    }
  }

  private void refuse(InboundRecord record, Context context, String message) {
    context.output(DeadLetters.TAG, refusals.refuse(record, Reason.MALFORMED, message));
  }
}
