package io.realmstream.deploy.cli.edits;

import io.realmstream.deploy.cli.console.Excerpt;
import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.document.DocumentStatus;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A document's story for people. */
record StoryPage(StoryReport report, DocumentStory story) {
  private static final int TEXT_START_CHARACTERS = 60;

  String text() {
    StringBuilder text = new StringBuilder(Excerpt.of(report.id(), DocumentEdit.ID_BYTES_MAX));
    StoryReport.Newest newest = report.newest();
    if (newest != null) {
      text.append("  ").append(Excerpt.name(newest.title()));
      line(text, "newest edit", newest.newestRevision() + " (" + newest.kind() + ")");
      line(text, "text", String.format(Locale.ROOT, "%,d characters", newest.characters()));
    }
    DocumentStatus status = story.status();
    if (report.pending()) {
      line(text, "state", "the newest edit is not answerable yet");
    }
    if (status != null) {
      status(text, status);
    }
    DocumentStatus inForce = story.inForce();
    if (inForce != null && status != null && inForce.revision() != status.revision()) {
      line(text, "in force", inForce.revision() + " (" + inForce.outcome() + ")");
    }
    report.versions().forEach(version -> version(text, version));
    return text.toString();
  }

  private static void version(StringBuilder text, StoryReport.Version version) {
    line(
        text,
        "in version",
        version.version()
            + " ("
            + version.state()
            + ")  "
            + (version.revision() == null
                ? "not published lately"
                : "revision " + version.revision()));
    if (version.passages() == null) {
      return;
    }
    for (StoryReport.Passage passage : version.passages()) {
      text.append(
          String.format(
              Locale.ROOT,
              "%n    %s  %d-%d  %s",
              passage.uid(),
              passage.start(),
              passage.end(),
              start(passage.text())));
    }
  }

  private static String start(@Nullable String text) {
    return text == null ? "(text not published lately)" : Excerpt.of(text, TEXT_START_CHARACTERS);
  }

  private static void status(StringBuilder text, DocumentStatus status) {
    line(text, "revision", status.revision() + " (" + status.outcome() + ")");
    if (status.reason() != null) {
      line(text, "reason", Excerpt.message(status.reason()));
    }
    line(
        text,
        "passages",
        String.format(
            Locale.ROOT,
            "%d (%d added, %d removed, %d unchanged; %d cut at the encoder's limit)",
            status.changes().passages(),
            status.changes().added(),
            status.changes().removed(),
            status.changes().unchanged(),
            status.counts().truncated()));
    line(
        text,
        "vectors",
        String.format(
            Locale.ROOT,
            "%d embedded, %d re-projected, %d reused",
            status.counts().embedded(),
            status.counts().reprojected(),
            status.counts().reused()));
    line(text, "version", status.version() == 0 ? "none yet" : "" + status.version());
    line(text, "read", time(status.progress().readAt()));
    line(text, "published", time(status.progress().publishedAt()));
    line(text, "answerable", time(status.progress().answerableAt()));
  }

  private static String time(@Nullable Instant time) {
    return time == null ? "-" : time.toString();
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append(String.format(Locale.ROOT, "%n  %-11s  %s", name, value));
  }
}
