package io.realmstream.deploy.cli.evaluate;

import io.realmstream.deploy.cli.evaluate.EvaluationReport.Percentiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Times in milliseconds by stage. */
final class Latencies {
  private final Map<String, List<Double>> byStage = new TreeMap<>();

  void add(String stage, double ms) {
    byStage.computeIfAbsent(stage, s -> new ArrayList<>()).add(ms);
  }

  Map<String, Percentiles> percentiles() {
    Map<String, Percentiles> percentiles = new TreeMap<>();
    byStage.forEach((stage, times) -> percentiles.put(stage, percentiles(times)));
    return percentiles;
  }

  private static Percentiles percentiles(List<Double> times) {
    double[] sorted = times.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    double mean = times.stream().mapToDouble(Double::doubleValue).average().orElse(0);
    return new Percentiles(
        sorted.length,
        mean,
        nearestRank(sorted, 50),
        nearestRank(sorted, 90),
        nearestRank(sorted, 99),
        sorted[sorted.length - 1]);
  }

  /** The smallest time that at least so many percent of all do not exceed. */
  private static double nearestRank(double[] sorted, int percent) {
    int rank = (int) ((sorted.length * (long) percent + 99) / 100);
    return sorted[Math.max(rank, 1) - 1];
  }
}
