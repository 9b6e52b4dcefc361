package io.realmstream.schemas.document;

import io.realmstream.schemas.Limits;

/**
 * How the vectors of a revision were made.
 *
 * @param truncated passages of the revision that exceed the encoder's limit and were cut
 * @param embedded vectors published with it that took a run of the transformer
 * @param reprojected those made from stored trunk outputs of live passages
 * @param reused those made from stored trunk outputs of passages that the document lost lately
 */
public record VectorCounts(int truncated, int embedded, int reprojected, int reused) {
  public static final VectorCounts NONE = new VectorCounts(0, 0, 0, 0);

  /** Refuses negative counts. */
  public VectorCounts {
    Limits.checkAtLeast("truncated", truncated, 0);
    Limits.checkAtLeast("embedded", embedded, 0);
    Limits.checkAtLeast("reprojected", reprojected, 0);
    Limits.checkAtLeast("reused", reused, 0);
  }

  /** The counts of a revision for which no vector is published. */
  public static VectorCounts ofTruncated(int truncated) {
    return new VectorCounts(truncated, 0, 0, 0);
  }
}
