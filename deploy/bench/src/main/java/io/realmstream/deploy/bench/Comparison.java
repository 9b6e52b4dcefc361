package io.realmstream.deploy.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * Pairs of measurements, ours and the baseline's, taken in turn.
 *
 * <p>The ratio is the median of the pairs' ratios: what slows the machine down for a while slows
 * both sides of a pair.
 */
public final class Comparison {
  private final String name;
  private final String unit;
  private final List<Double> ours = new ArrayList<>();
  private final List<Double> baseline = new ArrayList<>();

  /**
   * @param unit of both sides, for instance {@code ms}
   */
  public Comparison(String name, String unit) {
    this.name = name;
    this.unit = unit;
  }

  public void add(double ours, double baseline) {
    this.ours.add(ours);
    this.baseline.add(baseline);
  }

  public double ratio() {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < ours.size(); i++) {
      ratios.add(ours.get(i) / baseline.get(i));
    }
    return median(ratios);
  }

  public String line() {
    return String.format(
        Locale.ROOT,
        "%-58s %9.2f %-5s %9.2f %-5s %6.2f",
        name,
        median(ours),
        unit,
        median(baseline),
        unit,
        ratio());
  }

  public ObjectNode json(ObjectMapper mapper) {
    ObjectNode row = mapper.createObjectNode().put("name", name).put("unit", unit);
    row.put("ours", median(ours)).put("baseline", median(baseline));
    return row.put("ratio", ratio()).put("pairs", ours.size());
  }

  public static double median(List<Double> values) {
    return percentile(values, 50);
  }

  /** Nearest rank. */
  public static double percentile(List<Double> values, int percent) {
    List<Double> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    int rank = (int) Math.ceil(percent / 100.0 * sorted.size());
    return sorted.get(Math.max(rank, 1) - 1);
  }
}
