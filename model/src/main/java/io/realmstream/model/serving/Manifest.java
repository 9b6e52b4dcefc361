package io.realmstream.model.serving;

import io.realmstream.model.document.DocumentState;
import io.realmstream.schemas.document.EditKind;
import io.realmstream.schemas.document.Outcome;
import io.realmstream.schemas.document.Provenance;
import io.realmstream.schemas.document.VectorCounts;
import io.realmstream.schemas.vectors.DocumentRevision;
import io.realmstream.schemas.vectors.EditTimes;
import io.realmstream.schemas.vectors.ManifestEntry;
import io.realmstream.schemas.vectors.PassageVectors;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** A revision of a document: its passages and what an answer tells of it. */
public record Manifest(DocumentRevision revision, List<ManifestEntry> entries) {

  public static Manifest of(PassageVectors record) {
    return new Manifest(record.revision(), record.manifest());
  }

  /** Without any passage, and later than every revision. */
  public static final Manifest NOTHING =
      deleted(Long.MAX_VALUE, new EditTimes(null, Instant.EPOCH, Instant.EPOCH));

  /** What stands when the document is gone, and nobody knows since which revision. */
  public Manifest gone() {
    EditTimes times = revision.times();
    return deleted(revision.number(), new EditTimes(null, times.readAt(), times.publishedAt()));
  }

  private static Manifest deleted(long number, EditTimes times) {
    return new Manifest(
        new DocumentRevision(
            number,
            DocumentRevision.NO_EDIT,
            Outcome.DELETED,
            "",
            times,
            0,
            VectorCounts.NONE,
            Provenance.NONE),
        List.of());
  }

  /**
   * Its place in the order of its document's edits, as the updater has it: so an edit that a
   * restarted updater publishes once more, behind one that has won over it, is not taken for news.
   */
  public DocumentState state() {
    EditKind kind = revision.outcome() == Outcome.DELETED ? EditKind.DELETE : EditKind.UPSERT;
    return new DocumentState(revision.number(), kind, revision.edit());
  }

  /** Whether it says of a live document what another says already. */
  public boolean repeats(Manifest other) {
    return revision.number() == other.revision.number()
        && revision.outcome() != Outcome.DELETED
        && revision.title().equals(other.revision.title())
        && Objects.equals(revision.times().eventTime(), other.revision.times().eventTime())
        && revision.provenance().equals(other.revision.provenance())
        && entries.equals(other.entries);
  }
}
