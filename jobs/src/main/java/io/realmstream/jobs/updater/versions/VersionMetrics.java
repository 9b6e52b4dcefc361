package io.realmstream.jobs.updater.versions;

import io.realmstream.jobs.OperatorMetrics;
import io.realmstream.model.version.VersionEntry;
import io.realmstream.model.version.VersionTable;
import io.realmstream.schemas.version.VersionState;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How many index versions there are, -1 until the log is read, and the state of each that was not
 * RETIRED at the start: a gauge {@code state} each.
 */
final class VersionMetrics {
  private final OperatorMetrics metrics;
  private final Set<Integer> known = new HashSet<>();

  /** Read by the reporters' threads. */
  private volatile @Nullable VersionTable table;

  VersionMetrics(OperatorMetrics metrics) {
    this.metrics = metrics;
    metrics.gauge("versions", () -> number(table));
  }

  void show(VersionTable table) {
    this.table = table;
    for (VersionEntry entry : table.versions()) {
      int version = entry.version();
      if (entry.state() != VersionState.RETIRED && known.add(version)) {
        metrics.of("version", version).gauge("state", () -> state(version));
      }
    }
  }

  private static int number(@Nullable VersionTable table) {
    return table == null ? -1 : table.versions().size();
  }

  /** The state of a version; 0 = the table no longer has it. */
  private int state(int version) {
    VersionTable now = table;
    for (VersionEntry entry : now == null ? List.<VersionEntry>of() : now.versions()) {
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
