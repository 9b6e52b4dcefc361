package io.realmstream.model.admission;

import io.realmstream.model.admission.Admission.Turn;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Threads whose runs take 60 to 140 ms, and questions that arrive at random times, all on a clock
 * of its own: the same seed gives the same outcome.
 */
final class OverloadSimulation {
  private static final int THREADS = 2;
  private static final int RUN_MS = 100;
  private static final int SPREAD_MS = 40;

  private final Random random;
  private final Admission admission = new Admission(THREADS, 256);
  private final PriorityQueue<Running> running = new PriorityQueue<>();
  private final Map<Claim, Long> sent = new HashMap<>();
  private long nowMs;
  private int slowRuns;
  private int slowMs;
  private int answered;
  private int refused;
  private int late;
  private long lastTookMs;

  /**
   * What is asked.
   *
   * @param factor how many times what the threads can do
   * @param runs of each question
   */
  record Load(double factor, Duration duration, int runs, Duration patience) {}

  /**
   * What became of it.
   *
   * @param possible questions that the threads can answer in the time of the load
   * @param late taken on, and not answered by their deadlines
   * @param loneAfterMs what a question took that came when all that was had ended
   */
  record Outcome(int sent, int answered, int refused, int late, int possible, long loneAfterMs) {}

  private record Running(long endMs, long tookMs, Turn turn) implements Comparable<Running> {
    @Override
    public int compareTo(Running other) {
      return Long.compare(endMs, other.endMs);
    }
  }

  OverloadSimulation(long seed) {
    random = new Random(seed);
  }

  /** The next runs are of that length instead. */
  void nextRunsTakeMs(int ms, int count) {
    slowMs = ms;
    slowRuns = count;
  }

  Outcome run(Load load) {
    double betweenMs = (double) RUN_MS * load.runs() / THREADS / load.factor();
    long endMs = load.duration().toMillis();
    double nextMs = 0;
    int count = 0;
    while (nextMs < endMs) {
      advanceTo((long) nextMs);
      ask(load);
      count++;
      nextMs += -Math.log(1 - random.nextDouble()) * betweenMs;
    }
    advanceTo(Long.MAX_VALUE);
    int[] counts = {answered, refused, late};
    nowMs = Math.max(nowMs, endMs);
    ask(load);
    advanceTo(Long.MAX_VALUE);
    int possible = (int) (endMs * THREADS / RUN_MS / load.runs());
    return new Outcome(
        count, counts[0], counts[1], counts[2], Math.min(possible, count), lastTookMs);
  }

  private void ask(Load load) {
    Claim claim = new Claim(load.runs(), nowMs + load.patience().toMillis());
    if (admission.offer(claim, nowMs) == null) {
      sent.put(claim, nowMs);
      begin();
    } else {
      refused++;
    }
  }

  private void advanceTo(long untilMs) {
    Running next = running.peek();
    while (next != null && next.endMs() <= untilMs) {
      running.remove();
      nowMs = next.endMs();
      end(next);
      begin();
      next = running.peek();
    }
    if (untilMs != Long.MAX_VALUE) {
      nowMs = Math.max(nowMs, untilMs);
    }
  }

  private void end(Running ended) {
    Claim claim = ended.turn().claim();
    admission.ended(claim, ended.tookMs() * 1_000_000);
    Long sentMs = claim.isDone() ? sent.remove(claim) : null;
    if (sentMs != null) {
      lastTookMs = nowMs - sentMs;
      count(nowMs <= claim.deadlineMs());
    }
  }

  private void count(boolean inTime) {
    if (inTime) {
      answered++;
    } else {
      late++;
    }
  }

  private void begin() {
    for (Claim claim : admission.hopeless(nowMs)) {
      admission.withdraw(claim);
      sent.remove(claim);
      late++;
    }
    while (running.size() < THREADS) {
      @Nullable Turn turn = admission.take();
      if (turn == null) {
        return;
      }
      long tookMs = (long) RUN_MS - SPREAD_MS + random.nextInt(2 * SPREAD_MS + 1);
      if (slowRuns > 0) {
        slowRuns--;
        tookMs = slowMs;
      }
      running.add(new Running(nowMs + tookMs, tookMs, turn));
    }
  }
}
