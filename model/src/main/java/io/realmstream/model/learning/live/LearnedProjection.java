package io.realmstream.model.learning.live;

import io.realmstream.model.learning.TowerHeads;

/** Heads on their way to a checkpoint. */
public record LearnedProjection(TowerHeads heads) implements Projection {
  @Override
  public double[] query(float[] trunk) {
    return heads.query().vector(trunk);
  }

  @Override
  public double[] document(float[] trunk) {
    return heads.document().vector(trunk);
  }
}
