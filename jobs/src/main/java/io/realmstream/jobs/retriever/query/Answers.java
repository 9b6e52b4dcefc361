package io.realmstream.jobs.retriever.query;

import io.realmstream.jobs.ForeignHeaders;
import io.realmstream.jobs.InboundRecord;
import io.realmstream.jobs.OperatorMetrics;
import io.realmstream.jobs.OutboundRecord;
import io.realmstream.jobs.RealmOptions;
import io.realmstream.jobs.RecordHeader;
import io.realmstream.schemas.answer.Answer;
import io.realmstream.schemas.answer.AnswerResult;
import io.realmstream.schemas.answer.AnswerRun;
import io.realmstream.schemas.answer.AnswerStatus;
import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.query.Query;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.metrics.Counter;
import org.apache.flink.util.OutputTag;

/**
 * Turns the answers of one operator into records of the answers topic, and counts them by status.
 */
public final class Answers {
  /** Answers to queries that end before any search. */
  public static final OutputTag<OutboundRecord> EARLY = new OutputTag<>("answers") {};

  private final Map<AnswerStatus, Counter> given = new EnumMap<>(AnswerStatus.class);

  /** Starts a counter for each status at 0. */
  public Answers(OperatorMetrics metrics) {
    for (AnswerStatus status : AnswerStatus.values()) {
      String label = status.name().toLowerCase(Locale.ROOT);
      given.put(status, metrics.of("status", label).counter("answers"));
    }
  }

  /** The headers that a query's answers carry on, and how many they do not. */
  static List<RecordHeader> headers(InboundRecord query) {
    return ForeignHeaders.carried(query.headers());
  }

  /** Why nothing came in time: a deadline that a query names, else the limit for those without. */
  public static String late(Query query, String moment) {
    String limit = query.deadline() == null ? RealmOptions.QUERY_TIMEOUT.key() : "deadline";
    return limit + ": passed " + moment;
  }

  /** An answer that was given before any search. */
  OutboundRecord early(String id, AnswerResult result, List<RecordHeader> headers) {
    return record(new Answer(id, result, AnswerRun.NONE), headers);
  }

  /** Why a question is not searched for. */
  OutboundRecord refusal(QueryRequest request, AnswerStatus status, String reason) {
    Query query = request.query();
    AnswerResult result = AnswerResult.without(status, reason, query.kind());
    return early(query.id(), result, request.headers());
  }

  /**
   * The answer under its query's id, with the query's headers. One that JSON cannot say, or that
   * quotes more than a record can hold, becomes FAILED: it would end the job, and every restart of
   * it.
   */
  public OutboundRecord record(Answer answer, List<RecordHeader> headers) {
    return new OutboundRecord(
        OutboundRecord.BY_KEY,
        answer.id().getBytes(StandardCharsets.UTF_8),
        encoded(answer),
        headers);
  }

  private byte[] encoded(Answer answer) {
    byte[] bytes;
    try {
      bytes = Codecs.ANSWER.encode(answer);
    } catch (IllegalArgumentException e) {
      // of the run, too, nothing is kept: what cannot be written may be there
      return failed(answer, "answer: cannot be written (" + e.getMessage() + ")", AnswerRun.NONE);
    }
    if (bytes.length <= Codecs.ANSWER_BYTES_MAX) {
      count(answer.result().status());
      return bytes;
    }
    String reason =
        "answer: must be at most %d bytes long (is %d); ask for a smaller k"
            .formatted(Codecs.ANSWER_BYTES_MAX, bytes.length);
    return failed(answer, reason, answer.run());
  }

  private byte[] failed(Answer answer, String reason, AnswerRun run) {
    count(AnswerStatus.FAILED);
    AnswerResult failed =
        AnswerResult.without(AnswerStatus.FAILED, reason, answer.result().mode().kind());
    return Codecs.ANSWER.encode(new Answer(answer.id(), failed, run));
  }

  private void count(AnswerStatus status) {
    Objects.requireNonNull(given.get(status)).inc();
  }

  /** Epoch ms; an instant out of their range counts as the nearest end. */
  static long epochMs(Instant instant) {
    Instant last = Instant.ofEpochMilli(Long.MAX_VALUE / 2);
    Instant first = Instant.EPOCH;
    return (instant.isAfter(last) ? last : instant.isBefore(first) ? first : instant)
        .toEpochMilli();
  }
}
