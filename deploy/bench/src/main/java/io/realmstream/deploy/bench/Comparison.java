package io.realmstream.deploy.bench;

import io.realmstream.deploy.cli.evaluate.Samples;
import io.realmstream.deploy.json.Json;
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
  private final Samples ours = new Samples();
  private final Samples baseline = new Samples();

  private record Row(
      String name, String unit, double ours, double baseline, double ratio, int pairs) {}

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
    return ours.medianRatio(baseline);
  }

  public String line() {
    return String.format(
        Locale.ROOT,
        "%-58s %9.2f %-5s %9.2f %-5s %6.2f",
        name,
        ours.median(),
        unit,
        baseline.median(),
        unit,
        ratio());
  }

  public String json() {
    return Json.line(new Row(name, unit, ours.median(), baseline.median(), ratio(), ours.count()));
  }
}
