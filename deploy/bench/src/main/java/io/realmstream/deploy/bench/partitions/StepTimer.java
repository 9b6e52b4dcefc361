package io.realmstream.deploy.bench.partitions;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** CPU time of the steps that a thread takes: what else the machine does does not count. */
final class StepTimer {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private long allNanos;
  private long longestNanos;

  <T> @Nullable T time(Supplier<@Nullable T> step) {
    long start = THREADS.getCurrentThreadCpuTime();
    T outcome = step.get();
    long nanos = THREADS.getCurrentThreadCpuTime() - start;
    allNanos += nanos;
    longestNanos = Math.max(longestNanos, nanos);
    return outcome;
  }

  double allMs() {
    return allNanos / 1e6;
  }

  double longestMs() {
    return longestNanos / 1e6;
  }
}
