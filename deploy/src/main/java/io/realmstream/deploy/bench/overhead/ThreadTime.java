package io.realmstream.deploy.bench.overhead;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.regex.Pattern;

/** CPU time of threads, in nanoseconds unless the name says otherwise. */
final class ThreadTime {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private ThreadTime() {}

  static long ofThisThread() {
    return THREADS.getCurrentThreadCpuTime();
  }

  /** Of all live threads whose names match, together. */
  static long ofThreadsNamed(Pattern name) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> name.matcher(thread.getName()).matches())
        .mapToLong(thread -> Math.max(0, THREADS.getThreadCpuTime(thread.getId())))
        .sum();
  }

  /** What the compiler's threads have spent so far, in milliseconds. */
  static long compilingMs() {
    return ManagementFactory.getCompilationMXBean().getTotalCompilationTime();
  }
}
