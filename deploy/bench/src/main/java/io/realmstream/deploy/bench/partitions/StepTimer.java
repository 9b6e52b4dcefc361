package io.realmstream.deploy.bench.partitions;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** How long the steps take that a thread takes. */
final class StepTimer {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final LongSupplier nanos;
  private long allNanos;
  private long longestNanos;

  private StepTimer(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** In CPU time: what else the machine does does not count. */
  static StepTimer ofCpu() {
    return new StepTimer(THREADS::getCurrentThreadCpuTime);
  }

  /** In elapsed time: whatever makes others wait counts. */
  static StepTimer elapsed() {
    return new StepTimer(System::nanoTime);
  }

  <T> @Nullable T time(Callable<@Nullable T> step) throws Exception {
    long start = nanos.getAsLong();
    T outcome = step.call();
    long took = nanos.getAsLong() - start;
    allNanos += took;
    longestNanos = Math.max(longestNanos, took);
    return outcome;
  }

  double allMs() {
    return allNanos / 1e6;
  }

  double longestMs() {
    return longestNanos / 1e6;
  }
}
