package io.realmstream.jobs.learner.towers;

import io.realmstream.model.encoder.EmbeddingException;
import io.realmstream.model.encoder.Encoder;
import io.realmstream.model.encoder.TrunkOutput;
import io.realmstream.model.learning.live.Projection;

/** The projections of a version, by its own towers. */
public record InForce(Encoder queries, Encoder documents) implements Projection {
  @Override
  public double[] query(float[] trunk) {
    return vector(queries, trunk);
  }

  @Override
  public double[] document(float[] trunk) {
    return vector(documents, trunk);
  }

  /** What cannot be projected finds nothing and is not found. */
  private static double[] vector(Encoder encoder, float[] trunk) {
    double[] wide = new double[encoder.dimension()];
    try {
      float[] vector = encoder.project(new TrunkOutput(trunk, false, 0)).vector();
      for (int i = 0; i < wide.length; i++) {
        wide[i] = vector[i];
      }
    } catch (EmbeddingException e) {
      return wide;
    }
    return wide;
  }
}
