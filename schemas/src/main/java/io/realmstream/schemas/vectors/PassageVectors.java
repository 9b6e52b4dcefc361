package io.realmstream.schemas.vectors;

import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.Limits;
import io.realmstream.schemas.document.Outcome;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One document in one version, or a part of it: a record over 512 KiB is cut into parts, of which
 * the last carries the manifest and commits.
 *
 * @param shard document shard
 * @param edit hash of all that the edit says: of two UPSERTs of one revision the larger wins.
 *     {@link #NO_EDIT} for a DELETE, which wins over both, and in records from before there was a
 *     hash
 * @param part 0 .. parts - 1
 * @param outcome ADDED, UPDATED, UNCHANGED or DELETED
 * @param manifest every passage of the revision in order; empty in all parts but the last, and for
 *     DELETED
 * @param removed passages of the revision before that this one lacks
 * @param truncated passages that exceed the encoder's limit
 * @param embedded of the inserts of all parts, those that took a run of the transformer
 * @param reprojected those made from what was stored of live passages
 * @param reused those made from what was stored of passages lost lately
 * @param eventTime when the edit was made; null = unknown
 */
public record PassageVectors(
    String document,
    int shard,
    long revision,
    Hash128 edit,
    int version,
    int part,
    int parts,
    Outcome outcome,
    String title,
    @Nullable Instant eventTime,
    Instant readAt,
    Instant publishedAt,
    int removed,
    int truncated,
    int embedded,
    int reprojected,
    int reused,
    List<ManifestEntry> manifest,
    List<PassageInsert> inserts)
    implements VectorMessage {
  public static final Hash128 NO_EDIT = new Hash128(0, 0);

  /** Refuses a document id of no or too many bytes, and numbers outside their limits. */
  public PassageVectors {
    Limits.checkId("document", document);
    Limits.checkAtLeast("shard", shard, 0);
    Limits.checkAtLeast("version", version, 1);
    Limits.checkAtLeast("part", part, 0);
    Limits.checkAtMost("part", part, parts - 1L);
    Limits.checkAtLeast("removed", removed, 0);
    Limits.checkAtLeast("truncated", truncated, 0);
    Limits.checkAtLeast("embedded", embedded, 0);
    Limits.checkAtLeast("reprojected", reprojected, 0);
    Limits.checkAtLeast("reused", reused, 0);
  }

  /** Whether this part carries the manifest. */
  public boolean commits() {
    return part == parts - 1;
  }
}
