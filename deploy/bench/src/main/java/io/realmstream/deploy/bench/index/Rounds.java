package io.realmstream.deploy.bench.index;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What one variant took in each round. */
final class Rounds {
  private final List<Double> values = new ArrayList<>();

  void add(double value) {
    values.add(value);
  }

  List<Double> values() {
    return values;
  }

  double median() {
    return median(values);
  }

  /** Of the ratios round by round: what slows a round down slows both sides down. */
  double medianRatio(Rounds base) {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      ratios.add(values.get(i) / base.values.get(i));
    }
    return median(ratios);
  }

  private static double median(List<Double> values) {
    List<Double> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
