package io.realmstream.deploy.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.regex.Pattern;

/** CPU time spent so far, in nanoseconds unless the name says otherwise. */
public final class CpuTime {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private CpuTime() {}

  public static long ofThisThread() {
    return THREADS.getCurrentThreadCpuTime();
  }

  /** Of all live threads whose names match, together. */
  public static long ofThreadsNamed(Pattern name) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> name.matcher(thread.getName()).matches())
        .mapToLong(thread -> Math.max(0, THREADS.getThreadCpuTime(thread.getId())))
        .sum();
  }

  /** With the threads of RocksDB, of the garbage collector and of the compilers. */
  public static long ofThisProcess() {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return system.getProcessCpuTime();
  }

  /** What the compiler's threads have spent, in milliseconds. */
  public static long ofCompilingMs() {
    return ManagementFactory.getCompilationMXBean().getTotalCompilationTime();
  }
}
