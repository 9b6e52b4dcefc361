package io.realmstream.deploy.cli.status;

import io.realmstream.deploy.cli.console.Excerpt;
import io.realmstream.deploy.flink.FlinkRest;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A report for people. */
record StatusPage(StatusReport report) {
  String text() {
    StringBuilder page = new StringBuilder();
    List<FlinkRest.Job> jobs = report.jobs();
    if (jobs == null) {
      line(page, "jobs", "unknown: no Flink answers (see --flink)");
    } else if (jobs.isEmpty()) {
      line(page, "jobs", "none");
    } else {
      jobs.forEach(job -> line(page, "job", job.name() + "  " + job.state()));
    }
    line(page, "documents", String.format(Locale.ROOT, "%,d", report.documents().live()));
    line(page, "passages", String.format(Locale.ROOT, "%,d", report.documents().passages()));
    line(page, "failed", String.format(Locale.ROOT, "%,d documents", report.documents().failed()));
    if (report.versions().isEmpty()) {
      line(page, "versions", "none: publish a retriever checkpoint");
    }
    report.versions().forEach(version -> line(page, "version", describe(version)));
    line(page, "freshness", freshness());
    for (StatusReport.Lag lag : report.lags()) {
      line(page, "lag", lag.topic() + "  " + lag.reader() + "  " + describe(lag.records()));
    }
    line(page, "dead letters", String.format(Locale.ROOT, "%,d", report.deadLetters()));
    report.warnings().forEach(warning -> line(page, "warning", Excerpt.message(warning)));
    return page.toString().stripTrailing();
  }

  private String freshness() {
    StatusReport.Freshness freshness = report.freshness();
    return freshness.freshnessMs() == null
        ? "unknown: no updater has told, or none can"
        : String.format(
            Locale.ROOT,
            "%.1f s (every edit up to %s is published)",
            freshness.freshnessMs() / 1000.0,
            freshness.indexedThrough());
  }

  private static String describe(StatusReport.Version version) {
    return version.number()
        + "  "
        + version.state()
        + (version.complete() ? "  complete  " : "  building  ")
        + Excerpt.name(version.retriever())
        + (version.reason() == null ? "" : "  (" + Excerpt.message(version.reason()) + ")");
  }

  private static String describe(@Nullable Long records) {
    return records == null ? "unknown" : String.format(Locale.ROOT, "%,d", records);
  }

  private static void line(StringBuilder page, String name, String value) {
    page.append(String.format(Locale.ROOT, "%-12s  %s%n", name, value));
  }
}
