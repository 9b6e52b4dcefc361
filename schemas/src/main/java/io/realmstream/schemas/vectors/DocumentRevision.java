package io.realmstream.schemas.vectors;

import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.Limits;
import io.realmstream.schemas.document.Outcome;
import io.realmstream.schemas.document.Provenance;
import io.realmstream.schemas.document.VectorCounts;

/**
 * A revision of a document as the updater publishes it.
 *
 * @param number the highest wins
 * @param edit hash of all that the edit says: of two UPSERTs of one revision the larger wins.
 *     {@link #NO_EDIT} for a DELETE, which wins over both
 * @param outcome ADDED, UPDATED, UNCHANGED or DELETED
 * @param removed passages of the revision before that this one lacks
 * @param provenance where the text comes from
 */
public record DocumentRevision(
    long number,
    Hash128 edit,
    Outcome outcome,
    String title,
    EditTimes times,
    int removed,
    VectorCounts counts,
    Provenance provenance) {
  public static final Hash128 NO_EDIT = new Hash128(0, 0);

  /** Refuses a negative count. */
  public DocumentRevision {
    Limits.checkAtLeast("removed", removed, 0);
  }
}
