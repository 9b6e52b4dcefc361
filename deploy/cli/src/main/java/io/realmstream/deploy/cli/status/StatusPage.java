package io.realmstream.deploy.cli.status;

import io.realmstream.deploy.cli.console.Excerpt;
import io.realmstream.deploy.cli.console.Page;
import io.realmstream.deploy.client.Pace;
import io.realmstream.deploy.client.status.StatusReport;
import io.realmstream.deploy.flink.FlinkRest;
import java.time.Duration;
import java.util.List;

/** A report for people. */
final class StatusPage {
  private StatusPage() {}

  /** The page, without a line feed at its end. */
  static String of(StatusReport report) {
    Page page = new Page(0, 12);
    List<FlinkRest.Job> jobs = report.jobs();
    if (jobs == null) {
      page.entry("jobs", "unknown: no Flink answers (see --flink)");
    } else if (jobs.isEmpty()) {
      page.entry("jobs", "none");
    } else {
      jobs.forEach(job -> page.entry("job", "%s  %s", job.name(), job.state()));
    }
    page.entry("documents", "%,d", report.documents().live());
    page.entry("passages", "%,d", report.documents().passages());
    page.entry("failed", "%,d documents", report.documents().failed());
    if (report.versions().isEmpty()) {
      page.entry("versions", "none: publish a retriever checkpoint");
    }
    report.versions().forEach(version -> page.entry("version", "%s", describe(version)));
    freshness(page, report.freshness());
    for (StatusReport.Lag lag : report.lags()) {
      String records = lag.records() == null ? "unknown" : Page.format("%,d", lag.records());
      page.entry("lag", "%s  %s  %s", lag.topic(), lag.reader(), records);
    }
    List<StatusReport.Wiki> wikis = report.wikis();
    if (wikis != null) {
      wikis.forEach(wiki -> page.entry("wiki", "%s", describe(wiki)));
    }
    page.entry("dead letters", "%,d", report.trouble().deadLetters());
    report
        .trouble()
        .warnings()
        .forEach(warning -> page.entry("warning", "%s", Excerpt.message(warning)));
    return page.toString();
  }

  private static void freshness(Page page, StatusReport.Freshness freshness) {
    if (freshness.freshnessMs() == null) {
      page.entry("freshness", "unknown: no updater has told, or none can");
    } else {
      page.entry(
          "freshness",
          "%.1f s (every edit up to %s is published)",
          freshness.freshnessMs() / 1000.0,
          freshness.indexedThrough());
    }
  }

  private static String describe(StatusReport.Wiki wiki) {
    Long ms = wiki.unverifiedMs();
    return Page.columns(
        wiki.wiki(),
        ms == null
            ? "not verified yet: no audit has met all its pages"
            : "the oldest unverified page is %s old".formatted(Pace.spell(Duration.ofMillis(ms))));
  }

  private static String describe(StatusReport.Version version) {
    return Page.columns(
        version.number(),
        version.state(),
        version.complete() ? "complete" : "building",
        Excerpt.name(version.retriever()),
        Excerpt.remark(version.reason()));
  }
}
