package io.realmstream.jobs.retriever.answer;

import io.realmstream.jobs.Models;
import io.realmstream.jobs.OperatorMetrics;
import io.realmstream.jobs.OutboundRecord;
import io.realmstream.jobs.questions.OverloadedException;
import io.realmstream.jobs.questions.QuestionThreads;
import io.realmstream.jobs.retriever.gather.AnswerDraft;
import io.realmstream.jobs.retriever.gather.RetrievedQuery;
import io.realmstream.jobs.retriever.query.StampedQuery;
import io.realmstream.model.marginal.Candidate;
import io.realmstream.model.marginal.OpenQa;
import io.realmstream.model.reader.ReadingException;
import io.realmstream.model.reader.SpanReader;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.answer.AnswerStatus;
import io.realmstream.schemas.query.QueryKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.streaming.api.functions.async.ResultFuture;
import org.apache.flink.streaming.api.functions.async.RichAsyncFunction;

/**
 * Reads the passages of a question and answers with the marginal; what only retrieves is answered
 * as it is.
 */
public final class ReadFunction extends RichAsyncFunction<RetrievedQuery, OutboundRecord> {
  public static final String UID = "read-marginalize";
  private static final long serialVersionUID = 1L;

  private final Models models;
  private final int threadCount;
  private final int questionsMax;
  private transient QuestionThreads threads;
  private transient Models.InUse<SpanReader> readers;
  private transient Histogram readMs;
  private transient Histogram answerMs;
  private transient Counter timedOut;
  private transient Counter failed;

  /**
   * @param questionsMax that may be read for or wait at once; more are refused
   */
  @SuppressWarnings("NullAway.Init") // open comes before any record
  public ReadFunction(Models models, int threadCount, int questionsMax) {
    this.models = models;
    this.threadCount = threadCount;
    this.questionsMax = questionsMax;
  }

  @Override
  public void open(OpenContext context) {
    OperatorMetrics metrics = new OperatorMetrics(getRuntimeContext().getMetricGroup());
    threads = new QuestionThreads(UID, threadCount, questionsMax, metrics);
    readMs = metrics.histogram("readMs");
    answerMs = metrics.histogram("answerMs");
    timedOut = metrics.counter("timedOut");
    failed = metrics.counter("failed");
    readers = new Models.InUse<>();
  }

  @Override
  public void close() {
    if (threads != null) {
      threads.close();
      readers.close();
    }
  }

  @Override
  public void asyncInvoke(RetrievedQuery retrieved, ResultFuture<OutboundRecord> result) {
    AnswerDraft draft = new AnswerDraft(retrieved);
    if (retrieved.timedOut()) {
      timedOut.inc();
      complete(draft, result, draft.late("before anything was found"));
      return;
    }
    String unranked = draft.unranked();
    if (unranked != null) {
      failed.inc();
      complete(draft, result, draft.without(AnswerStatus.FAILED, unranked));
      return;
    }
    List<Candidate> candidates = draft.candidates();
    if (candidates.isEmpty() || draft.query().kind() == QueryKind.RETRIEVE) {
      complete(draft, result, draft.retrieved(candidates));
    } else {
      answer(draft, candidates, result);
    }
  }

  private void answer(
      AnswerDraft draft, List<Candidate> candidates, ResultFuture<OutboundRecord> result) {
    long start = System.nanoTime();
    long leftMs = Math.max(draft.deadlineMs() - System.currentTimeMillis(), 0);
    var unused =
        reader(draft.stamped())
            .thenCompose(reader -> read(reader, draft, candidates))
            .thenApply(read -> OpenQa.answer(read, draft.query().options()))
            .thenApply(answer -> draft.answered(answer, readMicros(start)))
            .orTimeout(leftMs, TimeUnit.MILLISECONDS)
            .exceptionally(failure -> failed(draft, failure))
            .thenAccept(answer -> complete(draft, result, answer));
  }

  private long readMicros(long startNanos) {
    long micros = (System.nanoTime() - startNanos) / 1000;
    readMs.update(micros / 1000);
    return micros;
  }

  private CompletableFuture<SpanReader> reader(StampedQuery stamped) {
    return readers.get(
        Hash128.parse(stamped.version().reader()),
        () -> models.reader(stamped.checkpoint().reader()));
  }

  /** The candidates with the readings of those that are to be read, in the same order. */
  private CompletableFuture<List<Candidate>> read(
      SpanReader reader, AnswerDraft draft, List<Candidate> candidates) {
    Integer limit = draft.query().scope().readPassages();
    List<Integer> places = new ArrayList<>();
    List<Supplier<Candidate>> runs = new ArrayList<>();
    for (int i = 0; i < candidates.size(); i++) {
      Candidate candidate = candidates.get(i);
      if (!candidate.isNullDocument() && (limit == null || places.size() < limit)) {
        places.add(i);
        runs.add(() -> read(reader, draft, candidate));
      }
    }
    return threads
        .ask(draft.deadlineMs(), runs)
        .thenApply(
            read -> {
              List<Candidate> all = new ArrayList<>(candidates);
              for (int i = 0; i < places.size(); i++) {
                all.set(places.get(i), read.get(i));
              }
              return all;
            });
  }

  private static Candidate read(SpanReader reader, AnswerDraft draft, Candidate candidate) {
    try {
      return candidate.read(
          reader.read(draft.query().text(), draft.title(candidate.uid()), candidate.body()));
    } catch (ReadingException e) {
      throw new CompletionException(
          "passage " + candidate.uid() + " cannot be read: " + e.getMessage(), e);
    }
  }

  private OutboundRecord failed(AnswerDraft draft, Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() instanceof Exception inner) {
      cause = inner;
    }
    if (cause instanceof TimeoutException) {
      timedOut.inc();
      return draft.late("while reading");
    }
    if (cause instanceof OverloadedException) {
      return draft.without(AnswerStatus.OVERLOADED, "reading: " + cause.getMessage());
    }
    failed.inc();
    return draft.without(AnswerStatus.FAILED, String.valueOf(cause.getMessage()));
  }

  private void complete(
      AnswerDraft draft, ResultFuture<OutboundRecord> result, OutboundRecord answer) {
    answerMs.update(System.currentTimeMillis() - draft.stamped().stampedMs());
    result.complete(Collections.singleton(answer));
  }
}
