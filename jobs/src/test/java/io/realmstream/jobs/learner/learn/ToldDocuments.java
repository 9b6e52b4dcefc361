package io.realmstream.jobs.learner.learn;

import io.realmstream.jobs.Shards;
import io.realmstream.model.checkpoint.TowerDigest;
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
import java.util.List;

/** Documents of one passage as the updater tells them. */
final class ToldDocuments {
  static final Hash128 TRUNK = TowerDigest.ofTrunk(LearnHarness.COLD.documentTower());
  private static final float[] NO_VECTOR = {};
  private static final Shards NUMBERS = new Shards(LearnHarness.SHARDS);

  private ToldDocuments() {}

  static PassageVectors told(String id, long revision, String text, boolean tellsTrunk) {
    Hash128 uid = Hash128.ofTexts(id, text);
    PassageTrunk trunk = new PassageTrunk(TRUNK, Outputs.of(text));
    PassageInsert insert = new PassageInsert(uid, uid, text, NO_VECTOR, tellsTrunk ? trunk : null);
    return new PassageVectors(
        id,
        NUMBERS.ofDocument(id),
        1,
        revision(revision, Outcome.ADDED),
        RecordPart.WHOLE,
        List.of(new ManifestEntry(uid, 0, 1)),
        List.of(insert));
  }

  static PassageVectors deleted(String id, long revision) {
    return new PassageVectors(
        id,
        NUMBERS.ofDocument(id),
        1,
        revision(revision, Outcome.DELETED),
        RecordPart.WHOLE,
        List.of(),
        List.of());
  }

  private static DocumentRevision revision(long number, Outcome outcome) {
    return new DocumentRevision(
        number,
        DocumentRevision.NO_EDIT,
        outcome,
        "",
        new EditTimes(null, Instant.EPOCH, Instant.EPOCH),
        0,
        VectorCounts.NONE,
        Provenance.NONE);
  }
}
