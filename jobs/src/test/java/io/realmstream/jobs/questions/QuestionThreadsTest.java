package io.realmstream.jobs.questions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.realmstream.jobs.ModelThreads;
import io.realmstream.jobs.OperatorMetrics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.util.InterceptingOperatorMetricGroup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class QuestionThreadsTest {
  private static final int QUESTIONS_MAX = 4;
  private static final Duration SOON = Duration.ofMillis(50);
  private static final Duration LATER = Duration.ofHours(1);

  private final InterceptingOperatorMetricGroup metrics =
      new InterceptingOperatorMetricGroup() {
        @Override
        public MetricGroup addGroup(String name) {
          return this;
        }
      };
  private final QuestionThreads threads =
      new QuestionThreads("question", 1, QUESTIONS_MAX, new OperatorMetrics(metrics));
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch hold = new CountDownLatch(1);
  private final ConcurrentLinkedQueue<String> order = new ConcurrentLinkedQueue<>();

  @AfterEach
  void close() {
    hold.countDown();
    threads.close();
  }

  @Test
  void outcomesComeInTheOrderOfTheRuns() throws Exception {
    List<Supplier<Integer>> runs = new ArrayList<>();
    IntStream.range(0, 100).forEach(i -> runs.add(() -> i));

    assertThat(threads.ask(at(LATER), runs).get())
        .isEqualTo(IntStream.range(0, 100).boxed().toList());
    assertThat(threads.<String>ask(at(LATER), List.of()).get()).isEmpty();
  }

  @Test
  void questionThatIsOverBeforeItsTurnIsNeverWorkedFor() throws Exception {
    CompletableFuture<List<String>> held = holdTheThread();
    CompletableFuture<List<String>> over = ask(SOON, "over", 2);
    CompletableFuture<List<String>> waits = ask(LATER, "waits", 1);

    assertThatThrownBy(over::get)
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(TimeoutException.class);
    assertThat(gauge("queueLength")).isEqualTo(1);
    hold.countDown();
    held.get();
    waits.get();

    assertThat(order).containsExactly("held", "waits");
    assertThat(counter("dropped")).isEqualTo(2);
    assertThat(counter("refused")).isZero();
  }

  @Test
  void shortQuestionGoesBeforeWhatIsLeftOfALongOne() throws Exception {
    var unused = holdTheThread();
    CompletableFuture<List<String>> large = ask(LATER, "large", 3);
    CompletableFuture<List<String>> small = ask(LATER, "small", 1);
    hold.countDown();
    large.get();
    small.get();

    assertThat(order).containsExactly("held", "small", "large", "large", "large");
  }

  @Test
  void oneMoreThanMayWaitIsRefusedAtOnce() throws Exception {
    var unusedHeld = holdTheThread();
    for (int i = 1; i < QUESTIONS_MAX; i++) {
      var unused = ask(LATER, "waits", 1);
    }

    assertThat(ask(LATER, "more", 1))
        .failsWithin(Duration.ZERO)
        .withThrowableOfType(ExecutionException.class)
        .withCauseInstanceOf(OverloadedException.class)
        .withMessageContaining("4 questions");
    assertThat(counter("refused")).isEqualTo(1);
    assertThat(gauge("queueLength")).isEqualTo(3);
  }

  @Test
  void questionThatCannotBeInTimeIsRefusedAtOnce() throws Exception {
    threads.ask(at(LATER), List.of(QuestionThreadsTest::fiveMilliseconds)).get();
    var unused = holdTheThread();
    var hopeless = ask(Duration.ofSeconds(1), "hopeless", 1_000);

    assertThat(hopeless)
        .failsWithin(Duration.ZERO)
        .withThrowableOfType(ExecutionException.class)
        .withCauseInstanceOf(OverloadedException.class)
        .withMessageContaining("it has 1.0 s left");
    assertThat(gauge("expectedMs")).isGreaterThanOrEqualTo(5);
    assertThat(gauge("queueLength")).isZero();
    assertThat(order).isEmpty();
  }

  /** It found the threads idle, and its own first runs show that it cannot be in time. */
  @Test
  void questionTakenOnAloneIsGivenUpWhenItsRunsShowIt() {
    List<Supplier<Integer>> runs =
        Collections.nCopies(1_000_000, QuestionThreadsTest::fiveMilliseconds);

    assertThatThrownBy(() -> threads.ask(at(Duration.ofMinutes(1)), runs).get())
        .hasCauseInstanceOf(OverloadedException.class);
    assertThat(counter("refused")).isEqualTo(1);
    assertThat(counter("dropped")).isGreaterThan(900_000);
  }

  @Test
  void deadlineOfThePastIsATimeOut() {
    assertThat(ask(Duration.ofSeconds(-1), "late", 1))
        .failsWithin(Duration.ZERO)
        .withThrowableOfType(ExecutionException.class)
        .withCauseInstanceOf(TimeoutException.class);
  }

  @Test
  void runsBehindTheOneThatIsEnoughNeverBegin() throws Exception {
    Outcomes<Integer> outcomes = threads.ask(at(LATER), numbers(5), i -> i == 2).get();

    assertThat(outcomes).isEqualTo(new Outcomes<>(List.of(0, 1, 2), 0));
    assertThat(counter("dropped")).isZero();
    assertThat(threads.ask(at(LATER), numbers(3), i -> false).get())
        .isEqualTo(new Outcomes<>(List.of(0, 1, 2), 0));
  }

  /** The second thread has nothing else to do; what it made does not count. */
  @Test
  void whatIdleThreadsMadeAheadIsDiscarded() throws Exception {
    try (QuestionThreads two = new QuestionThreads("two", 2, 1, new OperatorMetrics(metrics))) {
      CountDownLatch ahead = new CountDownLatch(2);
      List<Supplier<String>> runs =
          List.of(
              () -> recordAfter(ahead, "first"),
              () -> made(ahead),
              () -> made(ahead),
              () -> record("fourth"));
      Outcomes<String> outcomes = two.ask(at(LATER), runs, any -> true).get();

      assertThat(outcomes.used()).containsExactly("first");
      assertThat(outcomes.discarded()).isBetween(2, 3);
    }
  }

  @Test
  void whatFailsBehindTheOneThatIsEnoughIsNoFailure() throws Exception {
    try (QuestionThreads two = new QuestionThreads("two", 2, 1, new OperatorMetrics(metrics))) {
      CountDownLatch failed = new CountDownLatch(1);
      List<Supplier<String>> runs =
          List.of(
              () -> recordAfter(failed, "first"),
              () -> {
                failed.countDown();
                throw new IllegalStateException("broken");
              });

      assertThat(two.ask(at(LATER), runs, any -> true).get().used()).containsExactly("first");
    }
  }

  @Test
  void failingRunEndsItsQuestionAndNoOther() throws Exception {
    var unused = holdTheThread();
    List<Supplier<String>> runs =
        List.of(
            () -> {
              throw new IllegalStateException("broken");
            },
            () -> record("after"));
    CompletableFuture<List<String>> failing = threads.ask(at(LATER), runs);
    CompletableFuture<List<String>> other = ask(LATER, "other", 2);
    hold.countDown();

    assertThatThrownBy(failing::get).hasRootCauseMessage("broken");
    assertThat(other.get()).hasSize(2);
    assertThat(order).doesNotContain("after");
  }

  @Test
  void questionsAreAtWorkWhileOneWaitsAndNoLonger() throws Exception {
    var held = holdTheThread();
    var waits = ask(LATER, "waits", 1);
    assertThat(ModelThreads.questionsAreAtWork()).isTrue();
    hold.countDown();
    held.get();
    waits.get();
    threads.close();

    assertThat(ModelThreads.questionsAreAtWork()).isFalse();
  }

  @Test
  void nothingIsTakenOnAfterTheEnd() {
    threads.close();

    assertThatThrownBy(() -> ask(LATER, "late", 1)).isInstanceOf(RejectedExecutionException.class);
  }

  private static List<Supplier<Integer>> numbers(int count) {
    List<Supplier<Integer>> runs = new ArrayList<>();
    IntStream.range(0, count).forEach(i -> runs.add(() -> i));
    return runs;
  }

  private String made(CountDownLatch count) {
    count.countDown();
    return record("ahead");
  }

  private CompletableFuture<List<String>> holdTheThread() throws InterruptedException {
    CompletableFuture<List<String>> held =
        threads.ask(
            at(LATER),
            List.of(
                () -> {
                  begun.countDown();
                  return recordAfter(hold, "held");
                }));
    begun.await();
    return held;
  }

  private String recordAfter(CountDownLatch latch, String name) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return record(name);
  }

  /** A run of known length. */
  private static int fiveMilliseconds() {
    long end = System.nanoTime() + 5_000_000;
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    return 0;
  }

  private CompletableFuture<List<String>> ask(Duration patience, String name, int runs) {
    List<Supplier<String>> all = new ArrayList<>();
    for (int i = 0; i < runs; i++) {
      all.add(() -> record(name));
    }
    return threads.ask(at(patience), all);
  }

  private String record(String name) {
    order.add(name);
    return name;
  }

  private static long at(Duration patience) {
    return System.currentTimeMillis() + patience.toMillis();
  }

  private long counter(String name) {
    return ((Counter) Objects.requireNonNull(metrics.get(name), name)).getCount();
  }

  private long gauge(String name) {
    return ((Number) ((Gauge<?>) Objects.requireNonNull(metrics.get(name), name)).getValue())
        .longValue();
  }
}
