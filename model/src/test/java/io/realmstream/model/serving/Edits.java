package io.realmstream.model.serving;

import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.document.Outcome;
import io.realmstream.schemas.document.Provenance;
import io.realmstream.schemas.document.VectorCounts;
import io.realmstream.schemas.vectors.DocumentRevision;
import io.realmstream.schemas.vectors.EditTimes;
import io.realmstream.schemas.vectors.ManifestEntry;
import io.realmstream.schemas.vectors.PassageInsert;
import io.realmstream.schemas.vectors.PassageVectors;
import io.realmstream.schemas.vectors.RecordPart;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Records of the vectors topic, of shard {@value #SHARD} and version {@value #VERSION}. */
public final class Edits {
  public static final int SHARD = 3;
  public static final int VERSION = 1;

  private static final int[] NONE = {};

  private Edits() {}

  public static Hash128 uid(int number) {
    return new Hash128(number, number);
  }

  public static VersionedPassage passage(int number) {
    return new VersionedPassage(VERSION, uid(number));
  }

  public static VersionedDocument document(String id) {
    return new VersionedDocument(VERSION, id);
  }

  /** A revision of so many passages, each with its text and vector. */
  public static PassageVectors upsert(String document, long revision, int... uids) {
    return of(document, revision, new Parts(0, 1, uids, uids));
  }

  /** A revision of which some passages come with the record, and others are known. */
  public static PassageVectors change(
      String document, long revision, int[] inserts, int... manifest) {
    return of(document, revision, new Parts(0, 1, inserts, manifest));
  }

  /** The first of two records of a revision. */
  public static PassageVectors firstHalf(String document, long revision, int... inserts) {
    return of(document, revision, new Parts(0, 2, inserts, NONE));
  }

  public static PassageVectors delete(String document, long revision) {
    return of(document, revision, new Parts(0, 1, NONE, NONE));
  }

  /** The same as a later one of some edits of its revision. */
  public static PassageVectors rival(PassageVectors record, long edit) {
    DocumentRevision r = record.revision();
    return new PassageVectors(
        record.document(),
        record.shard(),
        record.version(),
        new DocumentRevision(
            r.number(),
            new Hash128(0, edit),
            r.outcome(),
            r.title(),
            r.times(),
            r.removed(),
            r.counts(),
            r.provenance()),
        record.part(),
        record.manifest(),
        record.inserts());
  }

  private record Parts(int part, int parts, int[] inserts, int[] manifest) {
    boolean isGone() {
      return part == parts - 1 && manifest.length == 0;
    }
  }

  private static PassageVectors of(String document, long revision, Parts parts) {
    return new PassageVectors(
        document,
        SHARD,
        VERSION,
        new DocumentRevision(
            revision,
            DocumentRevision.NO_EDIT,
            parts.isGone() ? Outcome.DELETED : Outcome.ADDED,
            "Title",
            new EditTimes(null, Instant.EPOCH, Instant.EPOCH),
            0,
            VectorCounts.NONE,
            Provenance.NONE),
        new RecordPart(parts.part(), parts.parts()),
        numbers(parts.manifest()).map(uid -> new ManifestEntry(uid, 0, 1)).toList(),
        numbers(parts.inserts())
            .map(uid -> new PassageInsert(uid, uid, "text of " + document, vector(uid)))
            .toList());
  }

  private static Stream<Hash128> numbers(int[] uids) {
    return Arrays.stream(uids).mapToObj(Edits::uid);
  }

  private static float[] vector(Hash128 uid) {
    return new float[] {uid.low(), 1};
  }

  /** What some lists hold of numbers. */
  public static List<Hash128> uids(int... numbers) {
    return numbers(numbers).toList();
  }
}
