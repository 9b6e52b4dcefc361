package io.realmstream.model.version;

import io.realmstream.model.checkpoint.TowerDigest;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import org.jspecify.annotations.Nullable;

/**
 * A checkpoint that is to become a version.
 *
 * @param after the newest version when it arrived, 0 = none: a version that carries it and is newer
 *     fulfils it
 */
public record Candidate(RetrieverCheckpoint checkpoint, int after) {

  /**
   * The candidate that an arriving checkpoint makes. The newest checkpoint wins: it takes the place
   * of one that waits, even when it needs nothing itself.
   *
   * @return null when the version that is to serve is of the same digest already
   */
  public static @Nullable Candidate of(VersionTable table, RetrieverCheckpoint checkpoint) {
    VersionEntry goal = table.goal();
    return goal != null && digest(goal.checkpoint()).equals(digest(checkpoint))
        ? null
        : new Candidate(checkpoint, table.versions().size());
  }

  /** Whether the table has the version, refused or not. */
  public boolean isFulfilled(VersionTable table) {
    Hash128 wanted = digest(checkpoint);
    return table.versions().stream()
        .skip(after)
        .anyMatch(entry -> digest(entry.checkpoint()).equals(wanted));
  }

  /** All that decides a version's answers: towers, reader, scale; not where the files are. */
  public static Hash128 digest(RetrieverCheckpoint checkpoint) {
    return Hash128.ofTexts(
        TowerDigest.of(checkpoint.documentTower()).toString(),
        TowerDigest.of(checkpoint.queryTower()).toString(),
        TowerDigest.of(checkpoint.reader()).toString(),
        Double.toString(checkpoint.scoreScale()));
  }
}
