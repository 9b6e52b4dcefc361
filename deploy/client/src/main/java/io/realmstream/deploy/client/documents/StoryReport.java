package io.realmstream.deploy.client.documents;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.realmstream.model.version.VersionEntry;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.document.DocumentStatus;
import io.realmstream.schemas.document.EditKind;
import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.vectors.ManifestEntry;
import io.realmstream.schemas.version.VersionState;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a document; its fields are those of the JSON.
 *
 * @param newest null when the topics have forgotten its edits
 * @param status as the topic has it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StoryReport(
    String id,
    @JsonUnwrapped @Nullable Newest newest,
    boolean pending,
    @Nullable Long revisionInForce,
    @JsonRawValue @Nullable String status,
    List<Version> versions) {

  /** Its newest edit. */
  public record Newest(String title, long newestRevision, EditKind kind, int characters) {}

  /**
   * What a version has of it.
   *
   * @param revision null when none was published lately
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Version(
      int version, VersionState state, @Nullable Long revision, @Nullable List<Passage> passages) {}

  /** A passage; without its text when that was not published lately. */
  public record Passage(Hash128 uid, int start, int end, @Nullable String text) {}

  public static StoryReport of(String id, DocumentStory story, PublishedPassages passages) {
    DocumentEdit edit = story.edit();
    DocumentStatus inForce = story.inForce();
    DocumentStatus status = story.status();
    return new StoryReport(
        id,
        edit == null
            ? null
            : new Newest(edit.title(), story.revision(), edit.kind(), edit.text().length()),
        story.pending(),
        inForce == null ? null : Long.valueOf(inForce.revision()),
        status == null
            ? null
            : new String(Codecs.DOCUMENT_STATUS.encode(status), StandardCharsets.UTF_8),
        passages.versions().stream().map(entry -> version(entry, story, passages)).toList());
  }

  private static Version version(
      VersionEntry entry, DocumentStory story, PublishedPassages published) {
    Long revision = published.revision(entry.version());
    if (revision == null) {
      return new Version(entry.version(), entry.state(), null, null);
    }
    // from the newest edit if it is that revision, else as it was published
    DocumentEdit edit = revision == story.revision() ? story.edit() : null;
    List<Passage> passages =
        published.passages(entry.version()).stream()
            .map(
                part ->
                    new Passage(part.uid(), part.start(), part.end(), text(edit, part, published)))
            .toList();
    return new Version(entry.version(), entry.state(), revision, passages);
  }

  private static @Nullable String text(
      @Nullable DocumentEdit edit, ManifestEntry part, PublishedPassages published) {
    return edit != null && part.end() <= edit.text().length()
        ? edit.text().substring(part.start(), part.end())
        : published.text(part.uid());
  }
}
