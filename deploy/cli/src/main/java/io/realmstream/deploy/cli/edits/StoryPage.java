package io.realmstream.deploy.cli.edits;

import io.realmstream.deploy.cli.console.Excerpt;
import io.realmstream.deploy.cli.console.Page;
import io.realmstream.deploy.client.documents.DocumentStory;
import io.realmstream.deploy.client.documents.StoryReport;
import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.document.DocumentStatus;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A document's story for people. */
final class StoryPage {
  private static final int TEXT_START_CHARACTERS = 60;

  private final Page page = new Page(2, 11);

  private StoryPage() {}

  /** The page, without a line feed at its end. */
  static String of(StoryReport report, DocumentStory story) {
    StoryPage page = new StoryPage();
    page.edit(report);
    DocumentStatus status = story.status();
    DocumentStatus inForce = story.inForce();
    if (status != null) {
      page.status(status);
    }
    if (inForce != null && status != null && inForce.revision() != status.revision()) {
      page.page.entry("in force", "%d (%s)", inForce.revision(), inForce.outcome());
    }
    report.versions().forEach(page::version);
    return page.page.toString();
  }

  private void edit(StoryReport report) {
    StoryReport.Newest newest = report.newest();
    String title = newest == null ? null : Excerpt.name(newest.title());
    page.line("%s", Page.columns(Excerpt.of(report.id(), DocumentEdit.ID_BYTES_MAX), title));
    if (newest != null) {
      page.entry("newest edit", "%d (%s)", newest.newestRevision(), newest.kind());
      page.entry("text", "%,d characters", newest.characters());
    }
    if (report.pending()) {
      page.entry("state", "the newest edit is not answerable yet");
    }
  }

  private void status(DocumentStatus status) {
    page.entry("revision", "%d (%s)", status.revision(), status.outcome());
    if (status.reason() != null) {
      page.entry("reason", "%s", Excerpt.message(status.reason()));
    }
    page.entry(
        "passages",
        "%d (%d added, %d removed, %d unchanged; %d cut at the encoder's limit)",
        status.changes().passages(),
        status.changes().added(),
        status.changes().removed(),
        status.changes().unchanged(),
        status.counts().truncated());
    page.entry(
        "vectors",
        "%d embedded, %d re-projected, %d reused",
        status.counts().embedded(),
        status.counts().reprojected(),
        status.counts().reused());
    page.entry("version", status.version() == 0 ? "none yet" : "%d", status.version());
    time("read", status.progress().readAt());
    time("published", status.progress().publishedAt());
    time("answerable", status.progress().answerableAt());
  }

  private void time(String name, @Nullable Instant time) {
    page.entry(name, "%s", Objects.requireNonNullElse(time, "-"));
  }

  private void version(StoryReport.Version version) {
    String revision =
        version.revision() == null ? "not published lately" : "revision " + version.revision();
    page.entry("in version", "%d (%s)  %s", version.version(), version.state(), revision);
    for (StoryReport.Passage passage :
        Objects.requireNonNullElse(version.passages(), List.<StoryReport.Passage>of())) {
      page.line(
          "    %s  %d-%d  %s",
          passage.uid(), passage.start(), passage.end(), start(passage.text()));
    }
  }

  private static String start(@Nullable String text) {
    return text == null ? "(text not published lately)" : Excerpt.of(text, TEXT_START_CHARACTERS);
  }
}
