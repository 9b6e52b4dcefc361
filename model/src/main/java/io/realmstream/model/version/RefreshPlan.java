package io.realmstream.model.version;

import io.realmstream.model.checkpoint.TowerDigest;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import org.jspecify.annotations.Nullable;

/**
 * What a checkpoint touches of the passages, by comparing the digests of its parts with those in
 * force: never its name, nor where its files are.
 */
public enum RefreshPlan {
  /** Every part is in force already. */
  NOTHING("every part is in force already"),
  /** The document tower is in force. Only query tower, reader, scale or calibration changed. */
  QUERY_SIDE_ONLY("the document tower is in force: no passage is touched"),
  /** The document trunk is in force: every passage is projected again from its trunk output. */
  PROJECTION_ONLY("only the document projection changed: every passage is projected again"),
  /** Trunk, tokenizer or input format changed: every passage is embedded again. */
  EVERYTHING("the document trunk changed: every passage is embedded again");

  private final String reason;

  RefreshPlan(String reason) {
    this.reason = reason;
  }

  /** The plan for people, in one line. */
  public String reason() {
    return reason;
  }

  /**
   * The least that takes passages from one checkpoint to the next.
   *
   * @param inForce null = none
   */
  public static RefreshPlan between(
      @Nullable RetrieverCheckpoint inForce, RetrieverCheckpoint next) {
    if (inForce == null) {
      return EVERYTHING;
    }
    if (CheckpointCandidate.digest(inForce).equals(CheckpointCandidate.digest(next))) {
      return NOTHING;
    }
    var before = inForce.documentTower();
    var after = next.documentTower();
    if (TowerDigest.of(before).equals(TowerDigest.of(after))) {
      return QUERY_SIDE_ONLY;
    }
    return TowerDigest.ofTrunk(before).equals(TowerDigest.ofTrunk(after))
        ? PROJECTION_ONLY
        : EVERYTHING;
  }
}
