package io.realmstream.jobs.retriever.query;

import io.realmstream.jobs.Models;
import io.realmstream.model.version.VersionEntry;
import io.realmstream.model.version.VersionTable;
import io.realmstream.schemas.version.VersionState;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Versions that questions name by number. Their models open at the first such question, and close
 * some time after the last. Not thread-safe.
 */
final class NamedVersions implements AutoCloseable {
  /** How long the models of a version stay open when no question names it. */
  static final long IDLE_MS = 60_000;

  /** How many versions may be open at once; more are refused. */
  static final int OPEN_MAX = 4;

  private final Models models;
  private final int shards;
  private final Map<Integer, Opened> opened = new LinkedHashMap<>();

  private static final class Opened {
    final ServedVersion version;
    long askedMs;

    Opened(ServedVersion version) {
      this.version = version;
    }
  }

  /** What a question gets, exactly one of two: the version, or why it is refused. */
  record Named(@Nullable ServedVersion version, @Nullable String refusal) {}

  NamedVersions(Models models, int shards) {
    this.models = models;
    this.shards = shards;
  }

  /** The version of that number, if it is ACTIVE or READY and its models are open. */
  Named get(int number, VersionTable table, long nowMs) {
    VersionEntry entry = table.get(number);
    if (entry == null) {
      return new Named(null, "there is no version " + number);
    }
    boolean serves = entry.state() == VersionState.ACTIVE || entry.state() == VersionState.READY;
    if (!serves || !table.isIndexWritten(entry.index())) {
      return new Named(null, "version " + number + " is " + entry.state());
    }
    return open(entry, nowMs);
  }

  private Named open(VersionEntry entry, long nowMs) {
    int number = entry.version();
    Opened known = opened.get(number);
    if (known != null && known.version.opened().isCompletedExceptionally()) {
      known.version.close(); // models that failed to open are tried again, see SharedModels
      opened.remove(number);
      known = null;
    }
    if (known == null && opened.size() == OPEN_MAX) {
      return new Named(null, "questions name " + OPEN_MAX + " other versions at present");
    }
    if (known == null || !known.version.entry().equals(entry)) {
      known = reopened(known, entry);
    }
    known.askedMs = nowMs;
    return known.version.isOpen()
        ? new Named(known.version, null)
        : new Named(null, "version " + number + " " + known.version.whyNotOpen());
  }

  /** Opens a version as the log has it now; models that it had open stay open meanwhile. */
  private Opened reopened(@Nullable Opened before, VersionEntry entry) {
    Opened now = new Opened(new ServedVersion(entry, models, shards));
    opened.put(entry.version(), now);
    if (before != null) {
      before.version.close();
    }
    return now;
  }

  /** Closes versions that no question has named for {@link #IDLE_MS}. */
  void closeIdle(long nowMs) {
    opened
        .values()
        .removeIf(
            each -> {
              boolean idle = each.askedMs + IDLE_MS < nowMs;
              if (idle) {
                each.version.close();
              }
              return idle;
            });
  }

  int count() {
    return opened.size();
  }

  @Override
  public void close() {
    opened.values().forEach(each -> each.version.close());
    opened.clear();
  }
}
