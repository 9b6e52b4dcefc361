package io.realmstream.jobs.questions;

import io.realmstream.jobs.ModelThreads;
import io.realmstream.jobs.OperatorMetrics;
import io.realmstream.model.admission.Admission;
import io.realmstream.model.admission.Admission.Turn;
import io.realmstream.model.admission.Claim;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.flink.metrics.Counter;
import org.jspecify.annotations.Nullable;

/**
 * The threads of one operator that run models for questions. Each question is some runs, which it
 * shares the threads for with others as {@link Admission} says. What is refused is refused at once;
 * the runs of a question that is over never begin.
 */
public final class QuestionThreads implements AutoCloseable {
  private final ModelThreads threads;
  private final int count;
  private final Counter refused;
  private final Counter dropped;

  // Guarded by this; questions are those whose claims the admission holds
  private final Admission admission;
  private final Map<Claim, Question<?>> questions = new HashMap<>();
  private int workers;
  private boolean closed;

  /**
   * @param name of the threads, to be found in a thread dump
   * @param questionsMax that may wait or be worked for at once; more are refused
   */
  public QuestionThreads(String name, int count, int questionsMax, OperatorMetrics metrics) {
    this.threads = ModelThreads.forQuestions(name, count);
    this.count = count;
    this.admission = new Admission(count, questionsMax);
    refused = metrics.counter("refused");
    dropped = metrics.counter("dropped");
    metrics.gauge("queueLength", this::waiting);
    metrics.gauge("expectedMs", this::expectedMs);
    metrics.gauge("threads", () -> count);
    metrics.gauge("threadsBusy", this::busy);
  }

  /**
   * Has runs made for one question, on any threads, in any order.
   *
   * @param deadlineMs in epoch ms
   * @param runs thread-safe; what one throws ends the question
   * @return the outcomes in the order of {@code runs}, completed by one of the threads; fails with
   *     an {@link OverloadedException}, or with a {@link TimeoutException} at the deadline
   */
  public <T> CompletableFuture<List<T>> ask(long deadlineMs, List<Supplier<T>> runs) {
    return ask(deadlineMs, runs, null).thenApply(Outcomes::used);
  }

  /**
   * The same of a question that may need less than all: its runs begin in their order, as many at
   * once as there are threads that would be idle. The outcomes that count are the shortest
   * beginning of all that is enough, whichever came first.
   *
   * @param enough is given the outcomes in their order, and says whether those up to this one are
   *     enough; called by one thread at a time; null = all are needed
   */
  public <T> CompletableFuture<Outcomes<T>> ask(
      long deadlineMs, List<Supplier<T>> runs, @Nullable Predicate<T> enough) {
    if (runs.isEmpty()) {
      return CompletableFuture.completedFuture(new Outcomes<>(List.of(), 0));
    }
    long nowMs = System.currentTimeMillis();
    if (deadlineMs <= nowMs) {
      return CompletableFuture.failedFuture(new TimeoutException("the deadline has passed"));
    }
    Claim claim = new Claim(runs.size(), deadlineMs, enough != null);
    Question<T> question = new Question<>(claim, runs, enough);
    String refusal = take(question, nowMs);
    if (refusal != null) {
      refused.inc();
      return CompletableFuture.failedFuture(new OverloadedException(refusal));
    }
    return question
        .answer
        .orTimeout(deadlineMs - nowMs, TimeUnit.MILLISECONDS)
        .whenComplete((outcomes, failure) -> dropped.inc(withdraw(question)));
  }

  /** Lets running models end; what waits is never begun and never answered. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    threads.close();
  }

  /** Runs that no thread has taken yet. */
  private synchronized long waiting() {
    return admission.waiting();
  }

  private synchronized long busy() {
    return workers;
  }

  private synchronized long expectedMs() {
    return Math.round(admission.expectedMs());
  }

  /** Why the question is refused; null = it is taken on. */
  private synchronized @Nullable String take(Question<?> question, long nowMs) {
    if (closed) {
      throw new RejectedExecutionException("closed");
    }
    String refusal = admission.offer(question.claim, nowMs);
    if (refusal == null) {
      questions.put(question.claim, question);
      for (int i = 0; i < question.runs.size() && workers < count; i++) {
        workers++;
        threads.execute(this::work);
      }
    }
    return refusal;
  }

  /** How many of its runs never begin. */
  private synchronized int withdraw(Question<?> question) {
    return questions.remove(question.claim) == null ? 0 : admission.withdraw(question.claim);
  }

  /** Runs models until none waits. */
  private void work() {
    for (Work next = next(); next != null; next = next()) {
      run(next.question(), next.run());
    }
  }

  private record Work(Question<?> question, int run) {}

  /** What the calling thread does next; null = nothing, and it is a worker no more. */
  private @Nullable Work next() {
    giveUpHopeless();
    synchronized (this) {
      Turn turn = closed ? null : admission.take();
      if (turn == null) {
        workers--;
        return null;
      }
      return new Work(question(turn.claim()), turn.run());
    }
  }

  private void giveUpHopeless() {
    long nowMs = System.currentTimeMillis();
    for (Question<?> question : takeHopeless(nowMs)) {
      if (nowMs >= question.claim.deadlineMs()) {
        question.answer.completeExceptionally(new TimeoutException("the deadline has passed"));
      } else {
        refused.inc();
        question.answer.completeExceptionally(
            new OverloadedException("its work takes longer than it has left"));
      }
    }
  }

  private synchronized List<? extends Question<?>> takeHopeless(long nowMs) {
    List<? extends Question<?>> hopeless =
        admission.hopeless(nowMs).stream().map(this::question).toList();
    hopeless.forEach(question -> dropped.inc(withdraw(question)));
    return hopeless;
  }

  private Question<?> question(Claim claim) {
    return Objects.requireNonNull(questions.get(claim), "a claim without a question");
  }

  private <T> void run(Question<T> question, int run) {
    long start = System.nanoTime();
    question.run(run);
    long tookNanos = System.nanoTime() - start;
    CompletableFuture<List<T>> decided = question.judge();
    if (decided == null) {
      end(question.claim, tookNanos);
      return;
    }
    // in this order no run begins that is known to be needless
    boolean failed = decided.isCompletedExceptionally();
    int needless = failed ? 0 : withdraw(question);
    end(question.claim, tookNanos);
    int begun = question.runs.size() - needless;
    var unused =
        decided
            .thenApply(used -> new Outcomes<>(used, begun - used.size()))
            .whenComplete(question::complete);
  }

  private synchronized void end(Claim claim, long tookNanos) {
    admission.ended(claim, tookNanos);
  }
}
