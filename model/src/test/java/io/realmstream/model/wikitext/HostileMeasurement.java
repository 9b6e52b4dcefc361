package io.realmstream.model.wikitext;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Measures the CPU time that hostile wikitext of 2 MiB takes, and that of its half. The class path
 * is that of the module's tests; no arguments.
 *
 * <pre>
 * java -cp ... io.realmstream.model.wikitext.HostileMeasurement
 * </pre>
 */
public final class HostileMeasurement {
  private static final int LENGTH = 2 << 20;
  private static final int RUNS = 3;

  private record Line(double seconds, String text) {}

  private HostileMeasurement() {}

  public static void main(String[] arguments) {
    WikitextExtractor extractor = new WikitextExtractor();
    Samples.all().forEach(sample -> extractor.extract(sample.wikitext()));
    Map<String, String> halves = HostileInputs.of(LENGTH / 2);
    List<Line> lines = new ArrayList<>();
    HostileInputs.of(LENGTH)
        .forEach(
            (name, input) -> {
              double half = seconds(extractor, halves.getOrDefault(name, ""));
              double whole = seconds(extractor, input);
              lines.add(new Line(whole, line(name, half, whole, extractor.extract(input))));
            });
    lines.sort(Comparator.comparingDouble(Line::seconds).reversed());
    System.out.printf("%d inputs, the slowest first%n", lines.size());
    lines.forEach(line -> System.out.println(line.text()));
  }

  private static String line(String name, double half, double whole, Extract extract) {
    return String.format(
        "%.3f s, half %.3f s, %.1f steps a character%s: %s",
        whole, half, (double) extract.steps() / LENGTH, extract.cut() ? ", cut" : "", name);
  }

  /** The fastest of some runs, so that compilation does not count. */
  private static double seconds(WikitextExtractor extractor, String input) {
    double best = Double.MAX_VALUE;
    for (int i = 0; i < RUNS; i++) {
      long start = cpuNanos();
      extractor.extract(input);
      best = Math.min(best, (cpuNanos() - start) / 1e9);
    }
    return best;
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
