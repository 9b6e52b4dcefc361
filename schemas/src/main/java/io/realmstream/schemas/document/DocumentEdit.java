package io.realmstream.schemas.document;

import io.realmstream.schemas.Limits;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One edit of one document: its whole new text, or its deletion.
 *
 * @param id the document's id, any UTF-8 text of 1 to 512 bytes
 * @param revision strictly growing per document; null = the Kafka timestamp of the record in ms
 * @param title may be empty; part of what is embedded
 * @param text plain text; empty for a DELETE
 * @param split false keeps the text as one passage (truncated at the encoder's limit)
 * @param eventTime when the edit was made, for the evidence of answers
 */
public record DocumentEdit(
    String id,
    @Nullable Long revision,
    EditKind kind,
    String title,
    String text,
    boolean split,
    @Nullable Instant eventTime) {
  public static final int ID_BYTES_MAX = Limits.ID_BYTES_MAX;

  /** Refuses an id of no or too many bytes, and a negative revision. */
  public DocumentEdit {
    Limits.checkId("id", id);
    if (revision != null) {
      Limits.checkAtLeast("revision", revision, 0);
    }
  }
}
