package io.realmstream.deploy.cli.edits;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.document.DocumentStatus;
import io.realmstream.schemas.json.Codecs;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes a document's story for people or as JSON. */
record StoryPrinter(String id, DocumentStory story) {
  String text() {
    StringBuilder text = new StringBuilder(id);
    DocumentEdit edit = story.edit();
    if (edit != null) {
      text.append("  ").append(edit.title());
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
    return json.toString();
  }

  private static void status(StringBuilder text, DocumentStatus status) {
    line(text, "revision", status.revision() + " (" + status.outcome() + ")");
    if (status.reason() != null) {
      line(text, "reason", status.reason());
    }
    line(
        text,
        "passages",
        String.format(
            Locale.ROOT,
            "%d (%d added, %d removed, %d unchanged; %d cut at the encoder's limit)",
            status.passages(),
            status.added(),
            status.removed(),
            status.unchanged(),
            status.truncated()));
    line(text, "version", status.version() == 0 ? "none yet" : "" + status.version());
    line(text, "read", time(status.readAt()));
    line(text, "published", time(status.publishedAt()));
    line(text, "answerable", time(status.answerableAt()));
  }

  private static String time(@Nullable Instant time) {
    return time == null ? "-" : time.toString();
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append(String.format(Locale.ROOT, "%n  %-11s  %s", name, value));
  }
}
