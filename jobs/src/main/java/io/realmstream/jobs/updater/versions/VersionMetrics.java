package io.realmstream.jobs.updater.versions;

import io.realmstream.jobs.OperatorMetrics;
import io.realmstream.model.version.VersionEntry;
import io.realmstream.model.version.VersionTable;
import io.realmstream.schemas.version.VersionState;
import java.util.HashSet;
import java.util.Set;

/**
 * How many index versions there are, and the state of each that was not RETIRED at the start: a
 * gauge {@code state} each.
 */
final class VersionMetrics {
  private final OperatorMetrics metrics;
  private final Set<Integer> known = new HashSet<>();

  /** Read by the reporters' threads. */
  private volatile VersionTable table = VersionTable.EMPTY;

  VersionMetrics(OperatorMetrics metrics) {
    this.metrics = metrics;
    metrics.gauge("versions", () -> table.versions().size());
  }

  void show(VersionTable table) {
    this.table = table;
    for (VersionEntry entry : table.versions()) {
      int version = entry.version();
      if (entry.state() != VersionState.RETIRED && known.add(version)) {
        metrics.of("version", version).gauge("state", () -> number(version));
      }
    }
  }

  /** The state of a version; 0 = the table no longer has it. */
  private int number(int version) {
    for (VersionEntry entry : table.versions()) {
      if (entry.version() == version) {
        return number(entry.state());
      }
    }
    return 0;
  }

  /** The number of a state for alerts and dashboards. */
  static int number(VersionState state) {
    return switch (state) {
      case BUILDING -> 1;
      case PAUSED -> 2;
      case READY -> 3;
      case ACTIVE -> 4;
      case RETIRED -> 5;
      case REFUSED -> 6;
    };
  }
}
