package io.realmstream.schemas.document;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.realmstream.schemas.Limits;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One edit of one document: its whole new text, or its deletion.
 *
 * @param id the document's id, any UTF-8 text of 1 to 512 bytes
 * @param revision strictly growing per document; null = the Kafka timestamp of the record in ms
 * @param title may be empty; part of what is embedded; empty for a deletion
 * @param text plain text; empty for a deletion
 * @param split false keeps the text as one passage (truncated at the encoder's limit)
 * @param eventTime when the edit was made, for the evidence of answers
 * @param provenance where the text comes from, for the evidence of answers
 */
public record DocumentEdit(
    String id,
    @Nullable Long revision,
    EditKind kind,
    String title,
    String text,
    boolean split,
    @Nullable Instant eventTime,
    @JsonUnwrapped Provenance provenance) {
  public static final int ID_BYTES_MAX = Limits.ID_BYTES_MAX;

  /**
   * Refuses an id of no or too many bytes, and a negative revision; leaves out what a deletion says
   * of title, text and provenance.
   */
  public DocumentEdit {
    title = kind.deletes() ? "" : title;
    text = kind.deletes() ? "" : text;
    provenance = kind.deletes() ? Provenance.NONE : provenance;
    Limits.checkId("id", id);
    if (revision != null) {
      Limits.checkAtLeast("revision", revision, 0);
    }
  }

  /** A DELETE whose time is unknown. */
  public static DocumentEdit deletion(String id, @Nullable Long revision) {
    return new DocumentEdit(id, revision, EditKind.DELETE, "", "", true, null, Provenance.NONE);
  }

  /** The same of another document. */
  public DocumentEdit withId(String other) {
    return new DocumentEdit(other, revision, kind, title, text, split, eventTime, provenance);
  }

  /** The same with another revision. */
  public DocumentEdit withRevision(@Nullable Long number) {
    return new DocumentEdit(id, number, kind, title, text, split, eventTime, provenance);
  }

  /** The same with another provenance. */
  public DocumentEdit withProvenance(Provenance other) {
    return new DocumentEdit(id, revision, kind, title, text, split, eventTime, other);
  }
}
