package io.realmstream.deploy.bench.index;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
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

  ObjectNode json(ObjectMapper mapper) {
    ObjectNode row = mapper.createObjectNode();
    row.put("passages", passages).put("name", name).put("value", value).put("unit", unit);
    rounds.forEach(row.putArray("rounds")::add);
    return row;
  }
}
