package io.realmstream.model.masked;

import io.realmstream.model.marginal.Candidate;
import io.realmstream.model.marginal.CandidateSet;
import io.realmstream.model.marginal.LogSumExp;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The distribution over tokens: log p(z|x) of each candidate z, and l_zj(v), the log-softmax over
 * the whole vocabulary of the logits at mask j read with z.
 *
 * @param ranked the candidates by rank
 * @param retrieval log p(z|x)
 * @param logits {@code [candidates][masks][vocabulary]}
 * @param normalizers {@code [candidates][masks]}: log of the sum of exp(logits)
 */
record MaskModel(
    List<Candidate> ranked, double[] retrieval, float[][][] logits, double[][] normalizers) {

  /**
   * @param candidates in any order, not empty
   * @param readings of the candidates, in the same order
   * @throws IllegalArgumentException when the readings differ in shape, hold no mask, or hold a NaN
   *     or an infinity
   */
  static MaskModel of(List<Candidate> candidates, List<MaskReading> readings) {
    if (candidates.isEmpty() || candidates.size() != readings.size()) {
      throw new IllegalArgumentException(
          readings.size() + " readings of " + candidates.size() + " candidates");
    }
    List<Integer> order =
        IntStream.range(0, candidates.size())
            .boxed()
            .sorted(Comparator.comparing(candidates::get, Candidate.BY_RANK))
            .toList();
    List<Candidate> ranked = order.stream().map(candidates::get).toList();
    float[][][] logits =
        order.stream().map(z -> readings.get(z).logits()).toArray(float[][][]::new);
    double[][] normalizers = new double[logits.length][];
    for (int z = 0; z < logits.length; z++) {
      normalizers[z] = normalizers(logits[z], readings.get(0).logits());
    }
    return new MaskModel(ranked, CandidateSet.logProbabilities(ranked), logits, normalizers);
  }

  private static double[] normalizers(float[][] logits, float[][] first) {
    if (logits.length == 0 || logits.length != first.length) {
      throw new IllegalArgumentException(logits.length + " masks were read, not " + first.length);
    }
    double[] normalizers = new double[logits.length];
    for (int mask = 0; mask < logits.length; mask++) {
      normalizers[mask] = normalizer(logits[mask], first[0].length);
    }
    return normalizers;
  }

  private static double normalizer(float[] logits, int vocabulary) {
    if (logits.length != vocabulary) {
      throw new IllegalArgumentException(logits.length + " logits, not " + vocabulary);
    }
    double[] values = new double[vocabulary];
    for (int token = 0; token < vocabulary; token++) {
      values[token] = logits[token];
    }
    double normalizer = LogSumExp.of(values);
    if (!Double.isFinite(normalizer)) {
      throw new IllegalArgumentException("a logit is NaN or infinite");
    }
    return normalizer;
  }

  int candidates() {
    return logits.length;
  }

  int masks() {
    return logits[0].length;
  }

  int vocabulary() {
    return logits[0][0].length;
  }

  /** l_zj(v). */
  double logToken(int candidate, int mask, int token) {
    return logits[candidate][mask][token] - normalizers[candidate][mask];
  }

  /** log p(y|z,x): the sum over the masks of l_zj(y_j). */
  double logLikelihood(int candidate, int[] tokens) {
    double sum = 0;
    for (int mask = 0; mask < tokens.length; mask++) {
      sum += logToken(candidate, mask, tokens[mask]);
    }
    return sum;
  }

  /** log p_j(v|x) of every token v at one mask (spec rule A1). */
  double[] logMarginals(int mask) {
    double[] marginals = new double[vocabulary()];
    double[] joint = new double[candidates()];
    for (int token = 0; token < marginals.length; token++) {
      for (int z = 0; z < joint.length; z++) {
        joint[z] = retrieval[z] + logToken(z, mask, token);
      }
      marginals[token] = LogSumExp.of(joint);
    }
    return marginals;
  }

  /** log p(y, z|x) of each candidate, for one token a mask. */
  double[] logJoint(int[] tokens) {
    double[] joint = new double[candidates()];
    for (int z = 0; z < joint.length; z++) {
      joint[z] = retrieval[z] + logLikelihood(z, tokens);
    }
    return joint;
  }
}
