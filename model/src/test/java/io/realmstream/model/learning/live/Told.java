package io.realmstream.model.learning.live;

import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.document.Outcome;
import io.realmstream.schemas.document.Provenance;
import io.realmstream.schemas.document.VectorCounts;
import io.realmstream.schemas.vectors.DocumentRevision;
import io.realmstream.schemas.vectors.EditTimes;
import io.realmstream.schemas.vectors.ManifestEntry;
import io.realmstream.schemas.vectors.PassageInsert;
import io.realmstream.schemas.vectors.PassageTrunk;
import io.realmstream.schemas.vectors.PassageVectors;
import io.realmstream.schemas.vectors.RecordPart;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** Records of the vectors topic for tests. */
final class Told {
  static final Hash128 TRUNK = new Hash128(7, 7);
  static final Hash128 OTHER_TRUNK = new Hash128(8, 8);
  private static final float[] NO_VECTOR = {};

  private Told() {}

  static Hash128 uid(String text) {
    return Hash128.ofTexts(text);
  }

  /** A passage of the first trunk; its output is about its first letter. */
  static PassageInsert insert(String text) {
    return insert(TRUNK, text);
  }

  static PassageInsert insert(Hash128 trunk, String text) {
    return insert(text, new PassageTrunk(trunk, new float[] {text.charAt(0), 1}));
  }

  static PassageInsert insert(String text, PassageTrunk trunk) {
    return new PassageInsert(uid(text), uid(text), text, NO_VECTOR, trunk);
  }

  /** A document that has these passages, all of them new. */
  static PassageVectors whole(String document, long revision, String... texts) {
    List<PassageInsert> inserts = Arrays.stream(texts).map(Told::insert).toList();
    return record(
        revision(document, revision, Outcome.UPDATED), RecordPart.WHOLE, manifest(texts), inserts);
  }

  /** A revision that brings no new passage. */
  static PassageVectors moved(String document, long revision, String... texts) {
    return record(
        revision(document, revision, Outcome.UPDATED),
        RecordPart.WHOLE,
        manifest(texts),
        List.of());
  }

  static List<ManifestEntry> manifest(String... texts) {
    return Arrays.stream(texts).map(text -> new ManifestEntry(uid(text), 0, 1)).toList();
  }

  static PassageVectors deleted(String document, long revision) {
    return record(
        revision(document, revision, Outcome.DELETED), RecordPart.WHOLE, List.of(), List.of());
  }

  /** A part of a record. */
  static PassageVectors part(
      String document, RecordPart part, List<ManifestEntry> manifest, List<PassageInsert> inserts) {
    return record(revision(document, 1, Outcome.UPDATED), part, manifest, inserts);
  }

  /** A document and its revision. */
  private record Edited(String document, DocumentRevision revision) {}

  private static Edited revision(String document, long number, Outcome outcome) {
    return new Edited(
        document,
        new DocumentRevision(
            number,
            DocumentRevision.NO_EDIT,
            outcome,
            "",
            new EditTimes(null, Instant.EPOCH, Instant.EPOCH),
            0,
            VectorCounts.NONE,
            Provenance.NONE));
  }

  private static PassageVectors record(
      Edited edited, RecordPart part, List<ManifestEntry> manifest, List<PassageInsert> inserts) {
    return new PassageVectors(edited.document(), 3, 1, edited.revision(), part, manifest, inserts);
  }
}
