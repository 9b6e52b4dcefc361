package io.realmstream.model.masked;

import io.realmstream.model.marginal.Candidate;
import io.realmstream.model.marginal.CandidateSet;
import io.realmstream.model.marginal.LogSumExp;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The distribution over tokens: log p(z|x) of each candidate z, and l_zj(v), the log-softmax over
 * the whole vocabulary of the logits at mask j read with z. A candidate that was left unread says
 * nothing of any token: its l_zj(v) is -infinity.
 *
 * @param ranked the candidates by rank
 * @param retrieval log p(z|x)
 * @param logits {@code [candidates][masks][vocabulary]}; no masks where unread
 * @param normalizers {@code [candidates][masks]}: log of the sum of exp(logits)
 */
record MaskModel(
    List<Candidate> ranked, double[] retrieval, float[][][] logits, double[][] normalizers) {

  /**
   * @param candidates in any order, not empty
   * @param readings of the candidates, in the same order; at least one is not {@link
   *     MaskReading#UNREAD}
   * @throws IllegalArgumentException when nothing was read, or the readings differ in shape or hold
   *     a NaN or an infinity
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
    float[][] first =
        readings.stream()
            .filter(reading -> !reading.isUnread())
            .map(MaskReading::logits)
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("nothing was read"));
    double[][] normalizers = new double[logits.length][];
    for (int z = 0; z < logits.length; z++) {
      normalizers[z] = logits[z].length == 0 ? new double[0] : normalizers(logits[z], first);
    }
    return new MaskModel(ranked, CandidateSet.logProbabilities(ranked), logits, normalizers);
  }

  private static double[] normalizers(float[][] logits, float[][] first) {
    if (logits.length != first.length) {
      throw new IllegalArgumentException(logits.length + " masks were read, not " + first.length);
    }
    double[] normalizers = new double[logits.length];
    for (int mask = 0; mask < logits.length; mask++) {
      if (logits[mask].length != first[0].length) {
        throw new IllegalArgumentException(logits[mask].length + " logits, not " + first[0].length);
      }
      normalizers[mask] = normalizer(logits[mask]);
    }
    return normalizers;
  }

  /** log of the sum of exp(logits). */
  static double normalizer(float[] logits) {
    double[] values = new double[logits.length];
    for (int token = 0; token < values.length; token++) {
      if (!Float.isFinite(logits[token])) {
        throw new IllegalArgumentException("a logit is NaN or infinite");
      }
      values[token] = logits[token];
    }
    return LogSumExp.of(values);
  }

  int candidates() {
    return logits.length;
  }

  boolean isRead(int candidate) {
    return logits[candidate].length > 0;
  }

  int masks() {
    return firstRead().length;
  }

  int vocabulary() {
    return firstRead()[0].length;
  }

  private float[][] firstRead() {
    return Arrays.stream(logits).filter(z -> z.length > 0).findFirst().orElseThrow();
  }

  /** U: p(z|x) of the candidates that were left unread. */
  double unreadMass() {
    double mass = 0;
    for (int z = candidates() - 1; z >= 0; z--) {
      mass += isRead(z) ? 0 : Math.exp(retrieval[z]);
    }
    return Math.min(1, mass);
  }

  /** l_zj(v). */
  double logToken(int candidate, int mask, int token) {
    return isRead(candidate)
        ? logits[candidate][mask][token] - normalizers[candidate][mask]
        : Double.NEGATIVE_INFINITY;
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
