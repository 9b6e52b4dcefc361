package io.realmstream.jobs.retriever;

import io.realmstream.jobs.ModelThreads;
import io.realmstream.jobs.Models;
import io.realmstream.jobs.OperatorMetrics;
import io.realmstream.jobs.OutboundRecord;
import io.realmstream.model.marginal.Candidate;
import io.realmstream.model.marginal.OpenQa;
import io.realmstream.model.reader.ReadingException;
import io.realmstream.model.reader.SpanReader;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.query.AnswerStatus;
import io.realmstream.schemas.query.QueryKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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
  static final String UID = "read-marginalize";
  private static final long serialVersionUID = 1L;

  private final Models models;
  private final int threadCount;
  private transient ModelThreads threads;
  private transient Models.InUse<SpanReader> readers;
  private transient Histogram readMs;
  private transient Histogram answerMs;
  private transient Counter timedOut;
  private transient Counter failed;

  @SuppressWarnings("NullAway.Init") // open comes before any record
  public ReadFunction(Models models, int threadCount) {
    this.models = models;
    this.threadCount = threadCount;
  }

  @Override
  public void open(OpenContext context) {
    threads = ModelThreads.forQuestions(UID, threadCount);
    OperatorMetrics metrics = new OperatorMetrics(getRuntimeContext().getMetricGroup());
    metrics.gauge("queueLength", threads::waiting);
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
    List<Candidate> candidates = draft.candidates();
    if (retrieved.timedOut()) {
      timedOut.inc();
      complete(draft, result, draft.without(AnswerStatus.TIMED_OUT, "the deadline passed"));
    } else if (candidates.isEmpty() || draft.query().kind() == QueryKind.RETRIEVE) {
      complete(draft, result, draft.retrieved(candidates));
    } else {
      answer(draft, candidates, result);
    }
  }

  private void answer(
      AnswerDraft draft, List<Candidate> candidates, ResultFuture<OutboundRecord> result) {
    long start = System.nanoTime();
    long leftMs = draft.deadlineMs() - System.currentTimeMillis();
    var unused =
        read(draft, candidates)
            .thenApplyAsync(read -> OpenQa.answer(read, draft.query().options()), threads)
            .thenApply(answer -> draft.answered(answer, readMicros(start)))
            .orTimeout(Math.max(leftMs, 0), TimeUnit.MILLISECONDS)
            .exceptionally(failure -> failed(draft, failure))
            .thenAccept(answer -> complete(draft, result, answer));
  }

  private long readMicros(long startNanos) {
    long micros = (System.nanoTime() - startNanos) / 1000;
    readMs.update(micros / 1000);
    return micros;
  }

  /** The candidates with the readings of those that are to be read, in the same order. */
  private CompletableFuture<List<Candidate>> read(AnswerDraft draft, List<Candidate> candidates) {
    StampedQuery stamped = draft.stamped();
    CompletableFuture<SpanReader> reader =
        readers.get(
            Hash128.parse(stamped.version().reader()),
            () -> models.reader(stamped.checkpoint().reader()));
    Integer limit = stamped.query().readPassages();
    List<CompletableFuture<Candidate>> reading = new ArrayList<>();
    int count = 0;
    for (Candidate candidate : candidates) {
      boolean read = !candidate.isNullDocument() && (limit == null || count++ < limit);
      reading.add(
          read
              ? reader.thenApplyAsync(open -> read(open, draft, candidate), threads)
              : CompletableFuture.completedFuture(candidate));
    }
    return CompletableFuture.allOf(reading.toArray(CompletableFuture[]::new))
        .thenApply(done -> reading.stream().map(CompletableFuture::join).toList());
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
      return draft.without(AnswerStatus.TIMED_OUT, "the deadline passed while reading");
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
