package io.realmstream.deploy.cli.evaluate;

import io.realmstream.deploy.cli.evaluate.report.EvaluationReport.Percentiles;
import java.util.Map;
import java.util.TreeMap;

/** Times in milliseconds by stage. */
final class Latencies {
  private final Map<String, Samples> byStage = new TreeMap<>();

  void add(String stage, double ms) {
    byStage.computeIfAbsent(stage, s -> new Samples()).add(ms);
  }

  Map<String, Percentiles> percentiles() {
    Map<String, Percentiles> percentiles = new TreeMap<>();
    byStage.forEach((stage, times) -> percentiles.put(stage, percentiles(times)));
    return percentiles;
  }

  private static Percentiles percentiles(Samples times) {
    return new Percentiles(
        times.count(),
        times.mean(),
        times.percentile(50),
        times.percentile(90),
        times.percentile(99),
        times.percentile(100));
  }
}
