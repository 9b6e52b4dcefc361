package io.realmstream.model.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class RecentRunsTest {
  private static final long[] ALL = {};

  private final Object model = new Object();
  private final AtomicLong nowNanos = new AtomicLong();
  private final Ticker clock = nowNanos::get;
  private final AtomicInteger made = new AtomicInteger();
  private RecentRuns runs = new RecentRuns(Duration.ofSeconds(10), 1 << 20, clock);

  @Test
  void equalInputIsRunOnceWhileItsOutputIsKept() throws Exception {
    assertThat(run(tokens(1, 2), ALL)[0]).containsExactly(1);
    nowNanos.addAndGet(Duration.ofSeconds(9).toNanos());
    assertThat(run(tokens(1, 2), ALL)[0]).containsExactly(1);
    assertThat(runs.shared()).isEqualTo(1);

    nowNanos.addAndGet(Duration.ofSeconds(2).toNanos());
    assertThat(run(tokens(1, 2), ALL)[0]).containsExactly(2);
    assertThat(runs.shared()).isEqualTo(1);
  }

  @Test
  void modelTokensSegmentsAndPositionsAllTellInputsApart() throws Exception {
    run(tokens(1, 2), ALL);
    run(tokens(1, 3), ALL);
    run(tokens(1), ALL);
    run(tokens(1, 2), new long[] {1});
    run(new TokenSequence(8).add(1, 0).add(2, 1), ALL);
    runs.get(new Object(), tokens(1, 2), ALL, this::make);

    assertThat(made).hasValue(6);
    assertThat(runs.shared()).isZero();
  }

  @Test
  void noTimeMeansThatNothingIsKept() throws Exception {
    runs = new RecentRuns(Duration.ZERO, 1 << 20, clock);
    run(tokens(1), ALL);
    run(tokens(1), ALL);

    assertThat(made).hasValue(2);
  }

  @Test
  void bytesAreBounded() throws Exception {
    runs = new RecentRuns(Duration.ofSeconds(10), 1_000, clock);
    for (int token = 0; token < 1_000; token++) {
      run(tokens(token), ALL);
    }
    for (int token = 999; token >= 0; token--) {
      run(tokens(token), ALL);
    }

    // each takes 2 * 8 bytes of input and 4 of output
    assertThat(runs.shared()).isBetween(1L, 1_000L / 20);
  }

  @Test
  void runThatFailsIsMadeAgain() throws Exception {
    RecentRuns.Run failing =
        () -> {
          throw new InferenceException("no memory");
        };
    assertThatThrownBy(() -> runs.get(model, tokens(1), ALL, failing))
        .isInstanceOf(InferenceException.class);

    assertThat(run(tokens(1), ALL)[0]).containsExactly(1);
    assertThat(runs.shared()).isZero();
  }

  @Test
  void equalInputsAtTheSameTimeShareARun() throws Exception {
    List<Future<float[][]>> both = atTheSameTime(this::make);

    assertThat(both.get(1).get()).isSameAs(both.get(0).get());
    assertThat(made).hasValue(1);
  }

  @Test
  void whoWaitsForARunThatFailsMakesItsOwn() throws Exception {
    List<Future<float[][]>> both =
        atTheSameTime(
            () -> {
              throw new InferenceException("no memory");
            });

    assertThat(both.get(0)).failsWithin(Duration.ofMinutes(1));
    assertThat(both.get(1).get()[0]).containsExactly(1);
    assertThat(runs.shared()).isZero();
  }

  /** The first of two equal runs ends when the second waits for it. */
  private List<Future<float[][]>> atTheSameTime(RecentRuns.Run first) throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    AtomicReference<Thread> waiting = new AtomicReference<>();
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      RecentRuns.Run slow =
          () -> {
            begun.countDown();
            try {
              end.await();
            } catch (InterruptedException e) {
              throw new InferenceException("interrupted", e);
            }
            return first.run();
          };
      Future<float[][]> one = threads.submit(() -> runs.get(model, tokens(1), ALL, slow));
      begun.await();
      Future<float[][]> other =
          threads.submit(
              () -> {
                waiting.set(Thread.currentThread());
                return run(tokens(1), ALL);
              });
      while (waiting.get() == null || waiting.get().getState() != Thread.State.WAITING) {
        Thread.sleep(1);
      }
      end.countDown();
      return List.of(one, other);
    } finally {
      threads.shutdown();
    }
  }

  private float[][] run(TokenSequence tokens, long[] positions) throws InferenceException {
    return runs.get(model, tokens, positions, this::make);
  }

  private float[][] make() {
    return new float[][] {{made.incrementAndGet()}};
  }

  private static TokenSequence tokens(long... ids) {
    return new TokenSequence(8).add(ids, ids.length, 0);
  }
}
