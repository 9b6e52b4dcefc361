package io.realmstream.deploy.cli.versions;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.realmstream.deploy.cli.console.Excerpt;
import io.realmstream.deploy.cli.console.Pace;
import io.realmstream.model.checkpoint.TowerDigest;
import io.realmstream.model.version.VersionEntry;
import io.realmstream.schemas.version.MaskedReaderPart;
import io.realmstream.schemas.version.VersionState;
import java.time.Duration;
import java.time.Instant;

/**
 * A version for people or as JSON.
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
    StringBuilder line = new StringBuilder();
    line.append(entry.version()).append("  ").append(entry.state());
    line.append("  ").append(Excerpt.name(entry.checkpoint().retriever()));
    line.append("  index ").append(entry.index());
    if (entry.written()) {
      line.append(entry.complete() ? "  complete" : "  " + progress());
    }
    line.append("  since ").append(entry.since());
    if (entry.reason() != null) {
      line.append("  (").append(Excerpt.message(entry.reason())).append(')');
    }
    return line.toString();
  }

  String json() {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("version", entry.version())
            .put("index", entry.index())
            .put("state", entry.state().name())
            .put("complete", entry.complete())
            .put("retriever", entry.checkpoint().retriever())
            .put("reason", entry.reason())
            .put("since", entry.since().toString());
    var checkpoint = entry.checkpoint();
    MaskedReaderPart masked = checkpoint.maskedReader();
    ObjectNode digests =
        json.putObject("digests")
            .put("documentTower", TowerDigest.of(checkpoint.documentTower()).toString())
            .put("queryTower", TowerDigest.of(checkpoint.queryTower()).toString())
            .put("reader", TowerDigest.of(checkpoint.reader()).toString());
    if (masked != null) {
      digests.put("maskedReader", TowerDigest.of(masked).toString());
    }
    json.put("scoreScale", checkpoint.scoreScale());
    if (entry.written()) {
      json.put("documentsDone", pace.done()).put("documents", pace.total());
    }
    if (isInWork()) {
      json.put("documentsPerSecond", pace.perSecond()).put("secondsLeft", pace.left().toSeconds());
    }
    return json.toString();
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
