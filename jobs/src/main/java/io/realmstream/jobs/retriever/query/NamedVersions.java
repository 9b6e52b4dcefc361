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

  /** How often, at most, what failed to open is opened again; who asks between is told why. */
  static final long RETRY_MS = 5_000;

  /** How many versions may be open at once; more are refused. */
  static final int OPEN_MAX = 4;

  private final Models models;
  private final int shards;
  private final Map<Integer, Opened> opened = new LinkedHashMap<>();

  private static final class Opened {
    final ServedVersion version;
    private final long openedMs;
    long askedMs;

    Opened(ServedVersion version, long openedMs) {
      this.version = version;
      this.openedMs = openedMs;
    }

    boolean isToRetry(long nowMs) {
      return version.opened().isCompletedExceptionally() && nowMs >= openedMs + RETRY_MS;
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
    if (known == null && opened.size() == OPEN_MAX) {
      return new Named(null, "questions name " + OPEN_MAX + " other versions at present");
    }
    if (known == null || !known.version.entry().equals(entry) || known.isToRetry(nowMs)) {
      known = reopened(known, entry, nowMs);
    }
    known.askedMs = nowMs;
    return known.version.isOpen()
        ? new Named(known.version, null)
        : new Named(null, "version " + number + " " + known.version.whyNotOpen());
  }

  /** Opened with what the log says now; the models of before stay open meanwhile. */
  private Opened reopened(@Nullable Opened before, VersionEntry entry, long nowMs) {
    Opened now = new Opened(new ServedVersion(entry, models, shards), nowMs);
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
