package io.realmstream.deploy.cli.evaluate;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;
import org.apache.commons.math3.stat.descriptive.rank.Percentile.EstimationType;

/** Measured values, in the order they came in. Each percentile is one of them: the nearest rank. */
public final class Samples {
  private final List<Double> values = new ArrayList<>();

  public void add(double value) {
    values.add(value);
  }

  public void addAll(Samples others) {
    values.addAll(others.values);
  }

  public boolean isEmpty() {
    return values.isEmpty();
  }

  public int count() {
    return values.size();
  }

  public List<Double> values() {
    return List.copyOf(values);
  }

  public double mean() {
    return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }

  public double median() {
    return percentile(50);
  }

  /**
   * The smallest value that at least so many percent of all do not exceed.
   *
   * @param percent from 1 to 100
   */
  public double percentile(int percent) {
    double[] all = values.stream().mapToDouble(Double::doubleValue).toArray();
    return new Percentile().withEstimationType(EstimationType.R_1).evaluate(all, percent);
  }

  /** The median of the ratios pair by pair: what slows a pair down slows both its sides down. */
  public double medianRatio(Samples base) {
    Samples ratios = new Samples();
    for (int i = 0; i < values.size(); i++) {
      ratios.add(values.get(i) / base.values.get(i));
    }
    return ratios.median();
  }
}
