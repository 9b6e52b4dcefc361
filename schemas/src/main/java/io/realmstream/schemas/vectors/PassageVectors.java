package io.realmstream.schemas.vectors;

import io.realmstream.schemas.Limits;
import java.util.List;

/**
 * One document in one version, or a part of it: a record over 512 KiB is cut into parts, of which
 * the last carries the manifest and commits.
 *
 * @param shard document shard
 * @param manifest every passage of the revision in order; empty in all parts but the last, and for
 *     DELETED
 * @param inserts the passages that the revision before did not have
 */
public record PassageVectors(
    String document,
    int shard,
    int version,
    DocumentRevision revision,
    RecordPart part,
    List<ManifestEntry> manifest,
    List<PassageInsert> inserts)
    implements VectorMessage {

  /** Refuses a document id of no or too many bytes, and numbers outside their limits. */
  public PassageVectors {
    Limits.checkId("document", document);
    Limits.checkAtLeast("shard", shard, 0);
    Limits.checkAtLeast("version", version, 1);
  }
}
