package io.realmstream.jobs.learner.feedback;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.realmstream.jobs.DeadLetters;
import io.realmstream.jobs.DeadLetters.Reason;
import io.realmstream.jobs.InboundRecord;
import io.realmstream.jobs.OperatorMetrics;
import io.realmstream.jobs.Refusals;
import io.realmstream.jobs.Shards;
import io.realmstream.jobs.learner.trunks.FeedbackNews;
import io.realmstream.jobs.learner.trunks.TopicPlace;
import io.realmstream.jobs.learner.trunks.TrunkEvent;
import io.realmstream.schemas.json.BadRecordException;
import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.learning.Feedback;
import java.util.Arrays;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/** Decodes feedback; what cannot be decoded, or stands under another key, is a dead letter. */
public final class DecodeFeedbackFunction extends ProcessFunction<InboundRecord, TrunkEvent> {
  public static final String UID = "decode-feedback";

  private static final long serialVersionUID = 1L;

  private final int shards;
  private transient Shards numbering;
  private transient Refusals refusals;

  /**
   * @param shards number of document shards
   */
  @SuppressWarnings("NullAway.Init") // open comes before any record
  public DecodeFeedbackFunction(int shards) {
    this.shards = shards;
  }

  @Override
  public void open(OpenContext context) {
    numbering = new Shards(shards);
    refusals =
        new Refusals(
            UID, new OperatorMetrics(getRuntimeContext().getMetricGroup()), Reason.MALFORMED);
  }

  @Override
  public void processElement(InboundRecord record, Context context, Collector<TrunkEvent> out) {
    byte[] key = record.key();
    byte[] value = record.value();
    if (key == null || key.length == 0) {
      refuse(record, context, "key: is missing");
      return;
    }
    try {
      Feedback feedback = value == null ? null : Codecs.FEEDBACK.decode(value);
      if (feedback != null && !Arrays.equals(feedback.id().getBytes(UTF_8), key)) {
        refuse(record, context, "key: is not the id");
        return;
      }
      String id = feedback == null ? new String(key, UTF_8) : feedback.id();
      out.collect(
          TrunkEvent.of(
              new FeedbackNews(id, feedback), numbering.ofDocument(id), TopicPlace.of(record)));
    } catch (BadRecordException e) {
      refuse(record, context, String.valueOf(e.getMessage()));
    }
  }

  private void refuse(InboundRecord record, Context context, String message) {
    context.output(DeadLetters.TAG, refusals.refuse(record, Reason.MALFORMED, message));
  }
}
