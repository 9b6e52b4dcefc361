package io.realmstream.model.learning.live;

import io.realmstream.model.version.CheckpointCandidate;
import io.realmstream.model.version.VersionEntry;
import io.realmstream.model.version.VersionTable;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.version.RetrieverCheckpoint;

/** Whether a learned checkpoint that has passed the gate may be published now. */
public enum Publication {
  NOW,
  /** While another version is on its way, or too many trials are kept. */
  LATER,
  /** It is published, or was compared with another version than the one in force. */
  NEVER;

  /**
   * Indexes of trials beside which another may be built: the one in force, and the one before it.
   * So however many are published, there are never more than three.
   */
  static final int TRIALS_MAX = 2;

  /**
   * As the version log stands.
   *
   * @param inForce digest of the checkpoint that it was compared with
   */
  public static Publication of(VersionTable table, Hash128 inForce, RetrieverCheckpoint learned) {
    VersionEntry active = table.active();
    if (active == null || !CheckpointCandidate.digest(active.checkpoint()).equals(inForce)) {
      return NEVER;
    }
    Hash128 digest = CheckpointCandidate.digest(learned);
    boolean isKnown =
        table.versions().stream()
            .anyMatch(each -> CheckpointCandidate.digest(each.checkpoint()).equals(digest));
    if (isKnown) {
      return NEVER;
    }
    long trials = table.indexes().stream().filter(each -> each.checkpoint().isTrial()).count();
    boolean isFree = active.equals(table.goal()) && trials <= TRIALS_MAX;
    return isFree ? NOW : LATER;
  }
}
