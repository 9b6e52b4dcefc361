package io.realmstream.model.learning;

/**
 * What an answer says about its candidates (rules A2 and A4 of the marginal).
 *
 * @param logMarginal log p(y|x), in nats
 * @param excess r(z) = p(z|x,y) - p(z|x); the sum is 0
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Posterior(double logMarginal, double[] excess) {

  /**
   * @param scores f(x, z)
   * @param logLikelihoods log p(y|z,x), at least one above minus infinity
   */
  static Posterior of(double[] scores, double[] logLikelihoods) {
    double[] joint = new double[scores.length];
    for (int i = 0; i < scores.length; i++) {
      joint[i] = scores[i] + logLikelihoods[i];
    }
    double prior = logSumExp(scores);
    double all = logSumExp(joint);
    double[] excess = new double[scores.length];
    for (int i = 0; i < scores.length; i++) {
      excess[i] = Math.exp(joint[i] - all) - Math.exp(scores[i] - prior);
    }
    return new Posterior(all - prior, excess);
  }

  private static double logSumExp(double[] values) {
    double most = Double.NEGATIVE_INFINITY;
    for (double value : values) {
      most = Math.max(most, value);
    }
    double sum = 0;
    for (double value : values) {
      sum += Math.exp(value - most);
    }
    return most + Math.log(sum);
  }
}
