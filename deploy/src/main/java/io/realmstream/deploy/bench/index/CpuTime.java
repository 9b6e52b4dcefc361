package io.realmstream.deploy.bench.index;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** CPU time spent so far, in nanoseconds. */
final class CpuTime {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private CpuTime() {}

  static long ofThisThread() {
    return THREADS.getCurrentThreadCpuTime();
  }

  /** With the threads of RocksDB, of the garbage collector and of the compilers. */
  static long ofThisProcess() {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return system.getProcessCpuTime();
  }
}
