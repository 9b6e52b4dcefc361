package io.realmstream.model.marginal;

import io.realmstream.schemas.answer.ReferenceScore;
import java.util.ArrayList;
import java.util.List;

/**
 * How probable given answers R are, all of them as one.
 *
 * @param logProbability log p(R|x), never above 0; -infinity when R is impossible
 * @param passages of each candidate z by rank, log p(R|z,x) and p(z|R,x) (spec rules A4, B6)
 */
public record ReferenceMarginal(double logProbability, List<ReferenceScore> passages) {

  /**
   * Of all candidates.
   *
   * @param joint log p(R, z|x) of each candidate
   * @param marginals log of the candidate's own probability
   */
  public static ReferenceMarginal of(double[] joint, double[] marginals) {
    double log = Math.min(0, LogSumExp.of(joint));
    List<ReferenceScore> passages = new ArrayList<>();
    for (int z = 0; z < joint.length; z++) {
      boolean possible = joint[z] > Double.NEGATIVE_INFINITY;
      passages.add(
          new ReferenceScore(
              possible ? Math.min(0, joint[z] - marginals[z]) : null,
              log == Double.NEGATIVE_INFINITY ? null : Math.exp(Math.min(0, joint[z] - log))));
    }
    return new ReferenceMarginal(log, List.copyOf(passages));
  }

  /** The record of it in an answer. */
  public ReferenceScore score() {
    return new ReferenceScore(
        logProbability == Double.NEGATIVE_INFINITY ? null : logProbability, null);
  }
}
