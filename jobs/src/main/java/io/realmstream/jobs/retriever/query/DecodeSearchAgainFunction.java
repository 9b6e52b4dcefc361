package io.realmstream.jobs.retriever.query;

import io.realmstream.jobs.DeadLetters;
import io.realmstream.jobs.DeadLetters.Reason;
import io.realmstream.jobs.InboundRecord;
import io.realmstream.jobs.OperatorMetrics;
import io.realmstream.jobs.Refusals;
import io.realmstream.model.query.Deadlines;
import io.realmstream.model.retrieval.SearchAgain;
import io.realmstream.model.task.AnswerTasks;
import io.realmstream.schemas.json.BadRecordException;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Decodes the questions whose searches are made again; what is none becomes a dead letter. The
 * topic may hold what this job did not write, so the limits of the queries topic hold here, too.
 */
public final class DecodeSearchAgainFunction extends ProcessFunction<InboundRecord, QueryRequest> {
  public static final String UID = "decode-search-again";
  private static final long serialVersionUID = 1L;

  private final Deadlines deadlines;
  private final int hitsMax;
  private transient Refusals refusals;

  /**
   * @param hitsMax the most hits that a search is made again with; a record that was written under
   *     another bound may name more
   */
  @SuppressWarnings("NullAway.Init") // open comes before any record
  public DecodeSearchAgainFunction(Deadlines deadlines, int hitsMax) {
    this.deadlines = deadlines;
    this.hitsMax = hitsMax;
  }

  @Override
  public void open(OpenContext context) {
    OperatorMetrics metrics = new OperatorMetrics(getRuntimeContext().getMetricGroup());
    refusals = new Refusals(UID, metrics, Reason.MALFORMED);
  }

  @Override
  public void processElement(InboundRecord record, Context context, Collector<QueryRequest> out) {
    byte[] value = record.value();
    if (value == null) {
      refuse(record, context, "value: is null");
      return;
    }
    try {
      SearchAgain again = SearchAgain.decode(value);
      String refusal = AnswerTasks.refusal(again.query());
      if (refusal != null) {
        refuse(record, context, refusal);
        return;
      }
      long nowMs = context.timerService().currentProcessingTime();
      long deadlineMs = deadlines.within(again.deadlineMs(), nowMs);
      out.collect(QueryRequest.again(record, again, deadlineMs, hitsMax));
    } catch (BadRecordException e) {
      refuse(record, context, String.valueOf(e.getMessage()));
    }
  }

  private void refuse(InboundRecord record, Context context, String message) {
    context.output(DeadLetters.TAG, refusals.refuse(record, Reason.MALFORMED, message));
  }
}
