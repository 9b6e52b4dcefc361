package io.realmstream.deploy.embedded;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** CPU seconds of this process so far, by what its threads are named. */
record StepTimes(Map<String, Double> byStep, double all) {
  private static final int SHOWN = 12;
  private static final int NAME_MAX = 70;

  static StepTimes now() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    Map<String, Double> byStep = new HashMap<>();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      double seconds = Math.max(0, threads.getThreadCpuTime(thread.getId())) / 1e9;
      byStep.merge(step(thread.getName()), seconds, Double::sum);
    }
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return new StepTimes(byStep, system.getProcessCpuTime() / 1e9);
  }

  /** Without the numbers of subtasks and threads. */
  private static String step(String name) {
    String step = name.replaceAll(" \\(\\d+/\\d+\\).*", "").replaceAll("[-#]?\\d+", "");
    return step.length() > NAME_MAX ? step.substring(0, NAME_MAX) : step;
  }

  /**
   * Prints what was spent since then.
   *
   * @param edits among which it is divided
   */
  void print(StepTimes before, double edits) {
    Map<String, Double> spent = new HashMap<>(byStep);
    spent.replaceAll((step, seconds) -> seconds - before.byStep.getOrDefault(step, 0.0));
    double total = all - before.all;
    double named = spent.values().stream().mapToDouble(Double::doubleValue).sum();
    System.out.printf(
        Locale.ROOT, "CPU %.1f s, %.3f s an edit; by thread:%n", total, total / edits);
    spent.entrySet().stream()
        .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
        .limit(SHOWN)
        .forEach(step -> line(step.getKey(), step.getValue(), total));
    line("compiler, garbage collector, native threads, threads that ended", total - named, total);
  }

  private static void line(String step, double seconds, double total) {
    System.out.printf(Locale.ROOT, "%8.1f s %5.1f %%  %s%n", seconds, 100 * seconds / total, step);
  }
}
