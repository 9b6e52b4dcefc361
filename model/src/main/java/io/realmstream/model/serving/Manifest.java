package io.realmstream.model.serving;

import io.realmstream.model.document.DocumentState;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.document.EditKind;
import io.realmstream.schemas.document.Outcome;
import io.realmstream.schemas.vectors.DocumentRevision;
import io.realmstream.schemas.vectors.ManifestEntry;
import io.realmstream.schemas.vectors.PassageVectors;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A revision of a document: its passages and what an answer tells of it. */
public record Manifest(
    long revision,
    Hash128 edit,
    Outcome outcome,
    String title,
    @Nullable Instant eventTime,
    Instant readAt,
    Instant publishedAt,
    int truncated,
    int embedded,
    int reprojected,
    int reused,
    List<ManifestEntry> entries) {

  public static Manifest of(PassageVectors record) {
    return new Manifest(
        record.revision().number(),
        record.revision().edit(),
        record.revision().outcome(),
        record.revision().title(),
        record.revision().times().eventTime(),
        record.revision().times().readAt(),
        record.revision().times().publishedAt(),
        record.revision().counts().truncated(),
        record.revision().counts().embedded(),
        record.revision().counts().reprojected(),
        record.revision().counts().reused(),
        record.manifest());
  }

  /** Without any passage, and later than every revision. */
  public static final Manifest NOTHING =
      new Manifest(
          Long.MAX_VALUE,
          DocumentRevision.NO_EDIT,
          Outcome.DELETED,
          "",
          null,
          Instant.EPOCH,
          Instant.EPOCH,
          0,
          0,
          0,
          0,
          List.of());

  /** What stands when the document is gone, and nobody knows since which revision. */
  public Manifest gone() {
    return new Manifest(
        revision,
        DocumentRevision.NO_EDIT,
        Outcome.DELETED,
        "",
        null,
        readAt,
        publishedAt,
        0,
        0,
        0,
        0,
        List.of());
  }

  /**
   * Its place in the order of its document's edits, as the updater has it: so an edit that a
   * restarted updater publishes once more, behind one that has won over it, is not taken for news.
   */
  public DocumentState state() {
    EditKind kind = outcome == Outcome.DELETED ? EditKind.DELETE : EditKind.UPSERT;
    return new DocumentState(revision, kind, edit);
  }

  /** Whether it says of a live document what another says already. */
  public boolean repeats(Manifest other) {
    return revision == other.revision
        && outcome != Outcome.DELETED
        && title.equals(other.title)
        && Objects.equals(eventTime, other.eventTime)
        && entries.equals(other.entries);
  }
}
