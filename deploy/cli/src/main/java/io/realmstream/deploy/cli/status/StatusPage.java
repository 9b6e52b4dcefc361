package io.realmstream.deploy.cli.status;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.realmstream.deploy.cli.console.Excerpt;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes a report for people or as JSON. */
record StatusPage(StatusReport report) {
  String text() {
    StringBuilder page = new StringBuilder();
    List<StatusReport.Job> jobs = report.jobs();
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

  String json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("at", report.at().toString());
    List<StatusReport.Job> jobs = report.jobs();
    if (jobs == null) {
      json.put("jobs", "unknown");
    } else {
      ArrayNode array = json.putArray("jobs");
      for (StatusReport.Job job : jobs) {
        array
            .addObject()
            .put("id", job.id())
            .put("name", job.name())
            .put("state", job.state())
            .put("runningForMs", job.runningFor().toMillis());
      }
    }
    json.put("documents", report.documents().live())
        .put("passages", report.documents().passages())
        .put("failedDocuments", report.documents().failed());
    ArrayNode versions = json.putArray("versions");
    for (StatusReport.Version version : report.versions()) {
      versions
          .addObject()
          .put("version", version.number())
          .put("state", version.state())
          .put("complete", version.complete())
          .put("retriever", version.retriever())
          .put("reason", version.reason());
    }
    Duration freshness = report.freshness();
    json.put("indexedThrough", text(report.indexedThrough()))
        .put("freshnessMs", freshness == null ? null : freshness.toMillis());
    ArrayNode lags = json.putArray("lags");
    for (StatusReport.Lag lag : report.lags()) {
      lags.addObject()
          .put("topic", lag.topic())
          .put("reader", lag.reader())
          .put("records", lag.records());
    }
    json.put("deadLetters", report.deadLetters());
    ArrayNode warnings = json.putArray("warnings");
    report.warnings().forEach(warnings::add);
    return json.toString();
  }

  private String freshness() {
    Duration freshness = report.freshness();
    return freshness == null
        ? "unknown: no updater has told, or none can"
        : String.format(
            Locale.ROOT,
            "%.1f s (every edit up to %s is published)",
            freshness.toMillis() / 1000.0,
            report.indexedThrough());
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

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }

  private static void line(StringBuilder page, String name, String value) {
    page.append(String.format(Locale.ROOT, "%-12s  %s%n", name, value));
  }
}
