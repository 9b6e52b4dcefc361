package io.realmstream.deploy.cli.train;

import ai.djl.ndarray.NDArray;

/**
 * REALM's loss where the answer is known: -log p(y|x), with p(y|x) = sum over z of p(y|z,x) p(z|x)
 * (Guu et al. 2020, section 3.1), p(y|z,x) = 1 for passages that hold the answer and 0 for others.
 */
final class MarginalLoss {
  /** Added to log p(z|x) where p(y|z,x) is 0. */
  private static final float NEVER = -1e9f;

  private MarginalLoss() {}

  /**
   * The mean loss of questions, in nats.
   *
   * @param queries {@code [questions, dimension]}
   * @param passages {@code [passages, dimension]}, the candidates z
   * @param accepted {@code [questions, passages]}: p(y|z,x), 1 or 0, with a 1 in each row
   * @param scale of f(x,z) = scale * (q . e)
   */
  static NDArray of(NDArray queries, NDArray passages, NDArray accepted, double scale) {
    NDArray scores = queries.matMul(passages.transpose()).mul(scale);
    NDArray joint = scores.logSoftmax(1).add(accepted.sub(1).mul(-NEVER));
    return logSumExp(joint).mean().neg();
  }

  private static NDArray logSumExp(NDArray rows) {
    NDArray most = rows.max(new int[] {1}, true).stopGradient();
    return rows.sub(most).exp().sum(new int[] {1}, true).log().add(most);
  }
}
