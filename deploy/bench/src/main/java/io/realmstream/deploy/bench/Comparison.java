package io.realmstream.deploy.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.realmstream.deploy.cli.evaluate.Samples;
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

  public ObjectNode json(ObjectMapper mapper) {
    ObjectNode row = mapper.createObjectNode().put("name", name).put("unit", unit);
    row.put("ours", ours.median()).put("baseline", baseline.median());
    return row.put("ratio", ratio()).put("pairs", ours.count());
  }
}
