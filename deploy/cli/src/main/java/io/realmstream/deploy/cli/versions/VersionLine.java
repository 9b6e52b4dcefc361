package io.realmstream.deploy.cli.versions;

import io.realmstream.deploy.cli.console.Excerpt;
import io.realmstream.deploy.cli.console.Pace;
import io.realmstream.deploy.cli.console.Page;
import io.realmstream.model.checkpoint.TowerDigest;
import io.realmstream.model.version.VersionEntry;
import io.realmstream.schemas.version.MaskedReaderPart;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import io.realmstream.schemas.version.VersionState;
import java.time.Duration;
import java.time.Instant;

/**
 * A version for people, and as JSON.
 *
 * @param pace documents that have their vectors, of all, since the last change of state
 */
record VersionLine(VersionEntry entry, Pace pace) {

  static VersionLine of(VersionEntry entry, VersionProgress progress, Instant now) {
    long done = progress.documents(entry.index());
    // what compaction has left no trace of is there all the same
    long seen = entry.complete() ? Math.max(done, progress.documents()) : done;
    Duration elapsed = Duration.between(entry.since(), now);
    return new VersionLine(entry, new Pace(seen, progress.documents(), elapsed));
  }

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
    RetrieverCheckpoint checkpoint = entry.checkpoint();
    MaskedReaderPart masked = checkpoint.maskedReader();
    return new VersionReport(
        new VersionReport.Entry(
            entry.version(),
            entry.index(),
            entry.state(),
            entry.complete(),
            checkpoint.retriever(),
            entry.reason(),
            entry.since()),
        new VersionReport.Digests(
            TowerDigest.of(checkpoint.documentTower()),
            TowerDigest.of(checkpoint.queryTower()),
            TowerDigest.of(checkpoint.reader()),
            masked == null ? null : TowerDigest.of(masked)),
        checkpoint.scoreScale(),
        entry.written() ? new VersionReport.Extent(pace.done(), pace.total()) : null,
        isInWork() ? new VersionReport.Rate(pace.perSecond(), pace.left().toSeconds()) : null);
  }

  /** What rests has no rate. */
  private String progress() {
    return isInWork()
        ? pace.describe("documents")
        : pace.done() + " of " + pace.total() + " documents";
  }

  private boolean isInWork() {
    return entry.state() == VersionState.BUILDING
        || (entry.state() == VersionState.ACTIVE && !entry.complete());
  }
}
