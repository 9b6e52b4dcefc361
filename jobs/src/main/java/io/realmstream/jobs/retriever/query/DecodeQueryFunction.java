package io.realmstream.jobs.retriever.query;

import io.realmstream.jobs.DeadLetters;
import io.realmstream.jobs.DeadLetters.Reason;
import io.realmstream.jobs.InboundRecord;
import io.realmstream.jobs.OperatorMetrics;
import io.realmstream.jobs.Refusals;
import io.realmstream.model.query.Deadlines;
import io.realmstream.model.task.AnswerTasks;
import io.realmstream.schemas.answer.AnswerResult;
import io.realmstream.schemas.answer.AnswerStatus;
import io.realmstream.schemas.json.BadRecordException;
import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.query.Query;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Decodes queries. One that breaks a limit is answered INVALID, naming field and limit; bytes that
 * do not even name a query become a dead letter.
 */
public final class DecodeQueryFunction extends ProcessFunction<InboundRecord, QueryRequest> {
  public static final String UID = "decode-queries";
  private static final long serialVersionUID = 1L;

  private final Deadlines deadlines;
  private transient Answers answers;
  private transient Refusals refusals;

  @SuppressWarnings("NullAway.Init") // open comes before any record
  public DecodeQueryFunction(Deadlines deadlines) {
    this.deadlines = deadlines;
  }

  @Override
  public void open(OpenContext context) {
    OperatorMetrics metrics = new OperatorMetrics(getRuntimeContext().getMetricGroup());
    answers = new Answers(metrics);
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
      Query query = Codecs.QUERY.decode(value);
      long nowMs = context.timerService().currentProcessingTime();
      String tooFar = deadlines.refusal(query.deadline(), nowMs);
      String refusal = AnswerTasks.refusal(query);
      if (refusal != null) {
        invalid(record, context, query.id(), refusal);
      } else if (tooFar != null) {
        invalid(record, context, query.id(), tooFar);
      } else {
        out.collect(request(record, query, nowMs));
      }
    } catch (BadRecordException e) {
      String reason = String.valueOf(e.getMessage());
      String id = Codecs.queryId(value);
      if (id == null) {
        refuse(record, context, reason);
      } else {
        invalid(record, context, id, reason);
      }
    }
  }

  private QueryRequest request(InboundRecord record, Query query, long nowMs) {
    long deadlineMs = deadlines.of(query.deadline(), record.timestamp(), nowMs);
    return QueryRequest.first(record, query, deadlineMs);
  }

  private void invalid(InboundRecord record, Context context, String id, String reason) {
    AnswerResult result = AnswerResult.without(AnswerStatus.INVALID, reason, null);
    context.output(Answers.EARLY, answers.early(id, result, Answers.headers(record)));
  }

  private void refuse(InboundRecord record, Context context, String message) {
    context.output(DeadLetters.TAG, refusals.refuse(record, Reason.MALFORMED, message));
  }
}
