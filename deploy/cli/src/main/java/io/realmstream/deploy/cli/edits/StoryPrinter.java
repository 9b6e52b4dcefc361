package io.realmstream.deploy.cli.edits;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.realmstream.deploy.cli.console.Excerpt;
import io.realmstream.model.version.VersionEntry;
import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.document.DocumentStatus;
import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.vectors.ManifestEntry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes a document's story for people or as JSON. */
record StoryPrinter(String id, DocumentStory story, PublishedPassages passages) {
  private static final int TEXT_START_CHARACTERS = 60;

  String text() {
    StringBuilder text = new StringBuilder(Excerpt.of(id, DocumentEdit.ID_BYTES_MAX));
    DocumentEdit edit = story.edit();
    if (edit != null) {
      text.append("  ").append(Excerpt.name(edit.title()));
      line(text, "newest edit", story.revision() + " (" + edit.kind() + ")");
      line(text, "text", String.format(Locale.ROOT, "%,d characters", edit.text().length()));
    }
    DocumentStatus status = story.status();
    if (story.pending()) {
      line(text, "state", "the newest edit is not answerable yet");
    }
    if (status != null) {
      status(text, status);
    }
    DocumentStatus inForce = story.inForce();
    if (inForce != null && status != null && inForce.revision() != status.revision()) {
      line(text, "in force", inForce.revision() + " (" + inForce.outcome() + ")");
    }
    passages.versions().forEach(version -> version(text, version));
    return text.toString();
  }

  String json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("id", id);
    DocumentEdit edit = story.edit();
    if (edit != null) {
      json.put("title", edit.title())
          .put("newestRevision", story.revision())
          .put("kind", edit.kind().name())
          .put("characters", edit.text().length());
    }
    json.put("pending", story.pending());
    DocumentStatus inForce = story.inForce();
    if (inForce != null) {
      json.put("revisionInForce", inForce.revision());
    }
    DocumentStatus status = story.status();
    if (status != null) {
      byte[] bytes = Codecs.DOCUMENT_STATUS.encode(status);
      json.putRawValue("status", new RawValue(new String(bytes, StandardCharsets.UTF_8)));
    }
    ArrayNode versions = json.putArray("versions");
    passages.versions().forEach(version -> version(versions.addObject(), version));
    return json.toString();
  }

  private void version(StringBuilder text, VersionEntry version) {
    Long revision = passages.revision(version.version());
    line(
        text,
        "in version",
        version.version()
            + " ("
            + version.state()
            + ")  "
            + (revision == null ? "not published lately" : "revision " + revision));
    for (ManifestEntry entry : passages.passages(version.version())) {
      text.append(
          String.format(
              Locale.ROOT,
              "%n    %s  %d-%d  %s",
              entry.uid(),
              entry.start(),
              entry.end(),
              start(text(version.version(), entry))));
    }
  }

  private void version(ObjectNode json, VersionEntry version) {
    Long revision = passages.revision(version.version());
    json.put("version", version.version()).put("state", version.state().name());
    if (revision == null) {
      return;
    }
    ArrayNode array = json.put("revision", revision).putArray("passages");
    for (ManifestEntry entry : passages.passages(version.version())) {
      array
          .addObject()
          .put("uid", entry.uid().toString())
          .put("start", entry.start())
          .put("end", entry.end())
          .put("text", text(version.version(), entry));
    }
  }

  /** From the document when its newest edit is that revision, else as it was published. */
  private @Nullable String text(int version, ManifestEntry entry) {
    DocumentEdit edit = story.edit();
    Long revision = passages.revision(version);
    if (edit != null
        && revision != null
        && revision == story.revision()
        && entry.end() <= edit.text().length()) {
      return edit.text().substring(entry.start(), entry.end());
    }
    return passages.text(entry.uid());
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
