package io.realmstream.jobs.retriever.answer;

import io.realmstream.schemas.answer.Answer;
import io.realmstream.schemas.answer.AnswerStatus;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures how many questions are answered when more are asked than can be read: the real operator
 * and the reader that ships, five passages a question, ten seconds' patience. From the root of the
 * project:
 *
 * <pre>
 * mvn -q -pl deploy/cli -am test-compile
 * java --add-opens java.base/java.util=ALL-UNNAMED \
 *   -cp "jobs/target/test-classes:deploy/cli/target/lib/*:FLINK-TEST-JARS" \
 *   io.realmstream.jobs.retriever.answer.ReadOverloadMeasurement [SECONDS] [FACTOR ...]
 * </pre>
 *
 * <p>Capacity is what the threads answer when some questions more than threads are always there,
 * measured before and after each load. What the load allows is that, less the processor time of
 * this program's own thread, which asks and decodes. Because other programs may take processor time
 * as well, a second figure says which share of the readers' processor time went into answers.
 */
public final class ReadOverloadMeasurement {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final int CORES = Runtime.getRuntime().availableProcessors();
  private static final int K = 5;
  private static final long PATIENCE_MS = 10_000;
  private static final long CAPACITY_S = 15;

  private final ReadHarness read;
  private final Map<String, Long> asked = new HashMap<>();
  private final Map<AnswerStatus, List<Double>> tookMs = new EnumMap<>(AnswerStatus.class);
  private int count;

  private ReadOverloadMeasurement(ReadHarness read) {
    this.read = read;
  }

  /** What the threads can do; times in nanoseconds. */
  private record Capacity(double questionsPerSecond, double processorNanosPerQuestion) {
    static Capacity mean(Capacity a, Capacity b) {
      return new Capacity(
          (a.questionsPerSecond + b.questionsPerSecond) / 2,
          (a.processorNanosPerQuestion + b.processorNanosPerQuestion) / 2);
    }
  }

  public static void main(String[] arguments) throws Exception {
    long seconds = arguments.length > 0 ? Long.parseLong(arguments[0]) : 120;
    List<Double> factors = new ArrayList<>();
    for (int i = 1; i < arguments.length; i++) {
      factors.add(Double.valueOf(arguments[i]));
    }
    ReadHarness read = new ReadHarness(CORES, 256);
    ReadOverloadMeasurement measurement = new ReadOverloadMeasurement(read);
    print("reading on %d threads, k = %d, patience %d ms", CORES, K, PATIENCE_MS);
    print("lone question: %.0f ms", measurement.lone());
    print("lone question: %.0f ms", measurement.lone());
    Capacity before = measurement.capacity();
    for (double factor : factors.isEmpty() ? List.of(1.5, 3.0, 10.0) : factors) {
      before = measurement.measure(factor, seconds, before);
    }
    read.close();
  }

  private Capacity measure(double factor, long seconds, Capacity before) throws Exception {
    String memory = memory();
    tookMs.clear();
    long ownNanos = THREADS.getCurrentThreadCpuTime();
    long readNanos = readNanos();
    int sent = load(before.questionsPerSecond() * factor, seconds);
    double ownShare =
        (double) (THREADS.getCurrentThreadCpuTime() - ownNanos) / (seconds * 1e9 * CORES);
    int inTime = count(AnswerStatus.ANSWERED);
    awaitAll();
    double readers = readNanos() - readNanos;
    Map<AnswerStatus, List<Double>> outcome = new EnumMap<>(tookMs);
    tookMs.clear();
    double lone = lone();
    Capacity after = capacity();
    Capacity mean = Capacity.mean(before, after);
    double allowed = mean.questionsPerSecond() * seconds * (1 - ownShare);
    int answered = outcome.getOrDefault(AnswerStatus.ANSWERED, List.of()).size();
    print("%.1f times %.1f/s for %d s:", factor, before.questionsPerSecond(), seconds);
    print("  sent %d, answered %d until the load ended, %d in all", sent, inTime, answered);
    print(
        "  allowed %.0f: %.0f %%; own thread %.1f %% of the processors",
        allowed, 100 * inTime / allowed, 100 * ownShare);
    print(
        "  of the readers' processor time %.0f %% went into answers",
        100 * answered * mean.processorNanosPerQuestion() / readers);
    outcome.forEach((status, times) -> print("  %s %s", status, quantiles(times)));
    print("  lone question behind it: %.0f ms", lone);
    print("  memory before %s, after %s", memory, memory());
    return after;
  }

  /** Asks at equal intervals; returns when the time is over, whatever is not answered yet. */
  private int load(double perSecond, long seconds) throws Exception {
    long start = System.nanoTime();
    int sent = 0;
    while (System.nanoTime() - start < seconds * 1_000_000_000L) {
      if (System.nanoTime() - start >= sent / perSecond * 1e9) {
        ask();
        sent++;
      } else {
        take();
        LockSupport.parkNanos(200_000);
      }
    }
    return sent;
  }

  private Capacity capacity() throws Exception {
    tookMs.clear();
    long start = System.nanoTime();
    long readNanos = readNanos();
    while (System.nanoTime() - start < CAPACITY_S * 1_000_000_000L) {
      if (asked.size() < 2 * CORES) {
        ask();
      } else {
        take();
        LockSupport.parkNanos(200_000);
      }
    }
    int answered = count(AnswerStatus.ANSWERED);
    double elapsed = (System.nanoTime() - start) / 1e9;
    awaitAll();
    int all = count(AnswerStatus.ANSWERED);
    return new Capacity(answered / elapsed, (double) (readNanos() - readNanos) / all);
  }

  private double lone() throws Exception {
    tookMs.clear();
    ask();
    awaitAll();
    return tookMs.getOrDefault(AnswerStatus.ANSWERED, List.of(Double.NaN)).get(0);
  }

  private void ask() throws Exception {
    String id = "q" + count++;
    asked.put(id, System.nanoTime());
    read.ask(ReadHarness.question(id, K, System.currentTimeMillis() + PATIENCE_MS));
  }

  private void awaitAll() throws Exception {
    while (!asked.isEmpty()) {
      take();
      LockSupport.parkNanos(200_000);
    }
  }

  private void take() throws Exception {
    for (Answer answer : read.answers()) {
      Long start = asked.remove(answer.id());
      if (start != null) {
        tookMs
            .computeIfAbsent(answer.result().status(), status -> new ArrayList<>())
            .add((System.nanoTime() - start) / 1e6);
      }
    }
  }

  private int count(AnswerStatus status) {
    return tookMs.getOrDefault(status, List.of()).size();
  }

  private static String quantiles(List<Double> times) {
    List<Double> sorted = new ArrayList<>(times);
    Collections.sort(sorted);
    return String.format(
        Locale.ROOT,
        "%d, after ms p50 %.0f, p99 %.0f, max %.0f",
        sorted.size(),
        sorted.get(sorted.size() / 2),
        sorted.get(sorted.size() * 99 / 100),
        sorted.get(sorted.size() - 1));
  }

  /** Processor time of the threads that read. */
  private static long readNanos() {
    long nanos = 0;
    for (ThreadInfo thread : THREADS.getThreadInfo(THREADS.getAllThreadIds())) {
      if (thread != null && thread.getThreadName().startsWith(ReadFunction.UID)) {
        nanos += Math.max(0, THREADS.getThreadCpuTime(thread.getThreadId()));
      }
    }
    return nanos;
  }

  private static String memory() throws IOException {
    System.gc();
    long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 20;
    Path status = Path.of("/proc/self/status");
    String resident =
        Files.exists(status)
            ? Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS"))
                .map(line -> line.replaceAll("\\s+", " "))
                .findFirst()
                .orElse("")
            : "";
    return "heap " + heap + " MiB " + resident;
  }

  private static void print(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
