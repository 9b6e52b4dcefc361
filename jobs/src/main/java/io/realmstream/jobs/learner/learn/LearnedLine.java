package io.realmstream.jobs.learner.learn;

import io.realmstream.model.checkpoint.TowerDigest;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.version.RetrieverCheckpoint;

/**
 * What heads are learned behind: another trunk begins another line.
 *
 * @param trunk digest of the document trunk
 * @param queryTrunk digest of the query trunk
 */
public record LearnedLine(Hash128 trunk, Hash128 queryTrunk) {
  static LearnedLine of(RetrieverCheckpoint checkpoint) {
    return new LearnedLine(
        TowerDigest.ofTrunk(checkpoint.documentTower()),
        TowerDigest.ofTrunk(checkpoint.queryTower()));
  }

  /** From which a cold start is drawn. */
  Hash128 seed() {
    return Hash128.ofTexts("cold start", trunk.toString(), queryTrunk.toString());
  }
}
