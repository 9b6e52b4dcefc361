package io.realmstream.deploy.cli.learn.experiment;

import io.realmstream.model.learning.ProjectionHead;
import io.realmstream.model.learning.TowerHeads;
import io.realmstream.model.learning.spectral.SpectralForm;
import io.realmstream.model.learning.spectral.Spectrum;
import io.realmstream.model.learning.spectral.TrunkStatistics;

/** What an experiment starts from. */
enum Start {
  /** Two independent random heads: nothing is found. */
  COLD(0),
  /** Cold, and some steps of learning. */
  WEAK(60),
  /** The corpus' own directions, centred and partly whitened. */
  WARM(0);

  private static final double SCALE = 20;
  private static final double EXPONENT = 0.1;

  private final int steps;

  Start(int steps) {
    this.steps = steps;
  }

  /** Steps that are learned before the experiment begins. */
  int steps() {
    return steps;
  }

  /** The heads of a seed, before those steps. */
  TowerHeads heads(TrunkStatistics statistics, int dimension, long seed) {
    if (this == WARM) {
      ProjectionHead head = Spectrum.of(statistics).head(new SpectralForm(dimension, EXPONENT));
      return new TowerHeads(head, head.copy(), SCALE);
    }
    double[] mean = statistics.mean();
    return new TowerHeads(
        ProjectionHead.random(mean, dimension, 2 * seed),
        ProjectionHead.random(mean, dimension, 2 * seed + 1),
        SCALE);
  }
}
