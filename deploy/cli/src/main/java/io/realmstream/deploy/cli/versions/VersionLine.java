package io.realmstream.deploy.cli.versions;

import io.realmstream.deploy.cli.console.Excerpt;
import io.realmstream.deploy.cli.console.Page;
import io.realmstream.deploy.client.Pace;
import io.realmstream.deploy.client.versions.VersionReport;
import io.realmstream.model.version.VersionEntry;

/**
 * A version for people, and as JSON.
 *
 * @param pace documents that have their vectors, of all, since the last change of state
 */
record VersionLine(VersionEntry entry, Pace pace) {

  String text() {
    String progress = entry.complete() ? "complete" : progress();
    return Page.columns(
        entry.version(),
        entry.state(),
        Excerpt.name(entry.checkpoint().retriever()),
        "index " + entry.index(),
        entry.written() ? progress : null,
        "since " + entry.since(),
        Excerpt.remark(entry.reason()));
  }

  VersionReport report() {
    return VersionReport.of(entry, pace);
  }

  private String progress() {
    return report().rate() == null
        ? pace.done() + " of " + pace.total() + " documents"
        : pace.describe("documents");
  }
}
