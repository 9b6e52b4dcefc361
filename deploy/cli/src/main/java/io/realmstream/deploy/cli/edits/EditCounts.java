package io.realmstream.deploy.cli.edits;

import io.realmstream.deploy.cli.console.Excerpt;
import io.realmstream.deploy.cli.console.Page;
import io.realmstream.schemas.document.DocumentStatus;
import io.realmstream.schemas.document.Outcome;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** How many edits ended how, and how their vectors were made. */
final class EditCounts {
  private final Map<Outcome, Long> byOutcome = new EnumMap<>(Outcome.class);

  private final Consumer<String> failures;
  private long embedded;
  private long reprojected;
  private long reused;

  /**
   * @param failures told of each failure in a line
   */
  EditCounts(Consumer<String> failures) {
    this.failures = failures;
  }

  synchronized void add(Outcome outcome, DocumentStatus status) {
    byOutcome.merge(outcome, 1L, Long::sum);
    if (outcome == status.outcome()) { // not that of an edit which overtook this one
      embedded += status.counts().embedded();
      reprojected += status.counts().reprojected();
      reused += status.counts().reused();
    }
    if (outcome == Outcome.FAILED) {
      failures.accept(Excerpt.message(status.id() + ": " + status.reason()));
    }
  }

  /** Rows that never became edits. */
  synchronized void addFailed(long count) {
    byOutcome.merge(Outcome.FAILED, count, Long::sum);
  }

  synchronized long of(Outcome outcome) {
    return byOutcome.getOrDefault(outcome, 0L);
  }

  /**
   * For instance {@code added 3, updated 0, unchanged 0, deleted 0, stale 0, failed 1; passages
   * embedded 7, re-projected 0, reused 0}.
   */
  synchronized String describe() {
    return Arrays.stream(Outcome.values())
            .map(o -> Page.format("%s %,d", o.name().toLowerCase(Locale.ROOT), of(o)))
            .collect(Collectors.joining(", "))
        + Page.format(
            "; passages embedded %,d, re-projected %,d, reused %,d", embedded, reprojected, reused);
  }
}
