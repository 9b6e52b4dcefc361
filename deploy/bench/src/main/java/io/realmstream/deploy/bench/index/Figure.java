package io.realmstream.deploy.bench.index;

import java.util.List;
import java.util.Locale;

/**
 * One line of the benchmark's table.
 *
 * @param passages in the index that it is about
 * @param rounds what the value is the median of; empty = measured once
 */
record Figure(int passages, String name, double value, String unit, List<Double> rounds) {
  Figure {
    rounds = List.copyOf(rounds);
  }

  String line() {
    return String.format(Locale.ROOT, "%,10d  %-56s %12.3f %s", passages, name, value, unit);
  }
}
