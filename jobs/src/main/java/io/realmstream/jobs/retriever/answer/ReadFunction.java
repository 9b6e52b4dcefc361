package io.realmstream.jobs.retriever.answer;

import io.realmstream.jobs.Models;
import io.realmstream.jobs.OperatorMetrics;
import io.realmstream.jobs.OutboundRecord;
import io.realmstream.jobs.questions.OverloadedException;
import io.realmstream.jobs.questions.QuestionThreads;
import io.realmstream.jobs.retriever.gather.AnswerDraft;
import io.realmstream.jobs.retriever.gather.RetrievedQuery;
import io.realmstream.jobs.retriever.query.Answers;
import io.realmstream.model.checkpoint.TowerDigest;
import io.realmstream.model.marginal.Candidate;
import io.realmstream.model.masked.InvalidQuestionException;
import io.realmstream.model.masked.MaskedReader;
import io.realmstream.model.reader.ReadingException;
import io.realmstream.model.reader.SpanReader;
import io.realmstream.model.task.AnswerTask;
import io.realmstream.model.task.AnswerTasks;
import io.realmstream.model.task.TaskAnswer;
import io.realmstream.schemas.answer.Answer;
import io.realmstream.schemas.answer.AnswerStatus;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.async.ResultFuture;
import org.apache.flink.streaming.api.functions.async.RichAsyncFunction;
import org.jspecify.annotations.Nullable;

/** Reads the passages of a question and answers it, as the task of its kind says. */
public final class ReadFunction extends RichAsyncFunction<RetrievedQuery, OutboundRecord> {
  public static final String UID = "read-marginalize";
  private static final long serialVersionUID = 1L;

  private final Models models;
  private final int threadCount;
  private final int questionsMax;
  private transient QuestionThreads threads;
  private transient Models.InUse<SpanReader> readers;
  private transient Models.InUse<MaskedReader> maskedReaders;
  private transient AnswerTasks tasks;
  private transient Answers answers;
  private transient ReadMetrics numbers;

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
    answers = new Answers(metrics);
    numbers = new ReadMetrics(metrics);
    metrics.gauge("readingsShared", models.recentRuns()::shared);
    readers = new Models.InUse<>();
    maskedReaders = new Models.InUse<>();
    tasks =
        new AnswerTasks(
            part -> readers.get(TowerDigest.of(part), () -> models.reader(part)),
            part -> maskedReaders.get(TowerDigest.of(part), () -> models.maskedReader(part)));
  }

  @Override
  public void close() {
    if (threads != null) {
      threads.close();
      readers.close();
      maskedReaders.close();
    }
  }

  @Override
  public void asyncInvoke(RetrievedQuery retrieved, ResultFuture<OutboundRecord> result) {
    AnswerDraft draft = new AnswerDraft(retrieved);
    if (retrieved.timedOut()) {
      complete(draft, result, draft.late("before anything was found"));
      return;
    }
    String unranked = draft.unranked();
    if (unranked != null) {
      complete(draft, result, draft.without(AnswerStatus.FAILED, unranked));
      return;
    }
    List<Candidate> candidates = draft.candidates();
    if (candidates.isEmpty()) {
      TaskAnswer none = TaskAnswer.withoutCandidates(draft.query().kind());
      complete(draft, result, draft.answered(none, 0, 0));
    } else {
      answer(draft, candidates, result);
    }
  }

  private void answer(
      AnswerDraft draft, List<Candidate> candidates, ResultFuture<OutboundRecord> result) {
    long start = System.nanoTime();
    long leftMs = Math.max(draft.deadlineMs() - System.currentTimeMillis(), 0);
    var unused =
        tasks
            .of(draft.query(), draft.stamped().checkpoint())
            .thenCompose(task -> answer(task, draft, candidates, start))
            .orTimeout(leftMs, TimeUnit.MILLISECONDS)
            .whenComplete((answer, failure) -> count(draft, start, failure))
            .exceptionally(failure -> failed(draft, failure))
            .thenAccept(answer -> complete(draft, result, answer));
  }

  /** A question that timed out was read for until then. */
  private void count(AnswerDraft draft, long startNanos, @Nullable Throwable failure) {
    if (draft.query().kind().reads()
        && (failure == null || cause(failure) instanceof TimeoutException)) {
      numbers.read(microsSince(startNanos));
    }
  }

  private static long microsSince(long startNanos) {
    return (System.nanoTime() - startNanos) / 1000;
  }

  /** Reads what the task wants to be read, until its answer is certain. */
  private <R> CompletableFuture<Answer> answer(
      AnswerTask<R> task, AnswerDraft draft, List<Candidate> candidates, long startNanos) {
    List<Supplier<R>> runs = new ArrayList<>();
    for (int place : task.placesToRead(candidates)) {
      runs.add(() -> read(task, draft, candidates.get(place)));
    }
    return threads
        .ask(draft.deadlineMs(), runs, task.certainty(candidates))
        .thenApply(
            readings -> {
              numbers.used(readings.used().size(), readings.discarded());
              TaskAnswer answer = task.answer(candidates, readings.used());
              return draft.answered(answer, microsSince(startNanos), readings.discarded());
            });
  }

  private static <R> R read(AnswerTask<R> task, AnswerDraft draft, Candidate candidate) {
    try {
      return task.read(candidate, draft.title(candidate.uid()));
    } catch (ReadingException e) {
      throw new CompletionException(
          "passage " + candidate.uid() + " cannot be read: " + e.getMessage(), e);
    }
  }

  private Answer failed(AnswerDraft draft, Throwable failure) {
    Throwable cause = cause(failure);
    if (cause instanceof TimeoutException) {
      return draft.late("while reading");
    }
    if (cause instanceof OverloadedException) {
      return draft.without(AnswerStatus.OVERLOADED, "reading: " + cause.getMessage());
    }
    if (cause instanceof InvalidQuestionException) {
      return draft.without(AnswerStatus.INVALID, String.valueOf(cause.getMessage()));
    }
    return draft.without(AnswerStatus.FAILED, String.valueOf(cause.getMessage()));
  }

  private static Throwable cause(Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() instanceof Exception inner) {
      cause = inner;
    }
    return cause;
  }

  private void complete(AnswerDraft draft, ResultFuture<OutboundRecord> result, Answer answer) {
    numbers.answered(answer, System.currentTimeMillis() - draft.stamped().stampedMs());
    result.complete(Collections.singleton(answers.record(answer, draft.headers())));
  }
}
