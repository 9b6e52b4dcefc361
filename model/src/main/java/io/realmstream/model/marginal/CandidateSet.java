package io.realmstream.model.marginal;

import io.realmstream.schemas.Hash128;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The candidates C(x) of a question and their retrieval distribution (spec rules S1, S2). */
public final class CandidateSet {
  private static final BinaryOperator<Candidate> SMALLER_UID =
      BinaryOperator.minBy(Comparator.comparing(Candidate::uid).thenComparing(Candidate.BY_RANK));

  private CandidateSet() {}

  /**
   * Rule S1: drops the origin, keeps of equal contents the smallest uid, and takes the best by
   * score. Never pads: there may be fewer than k.
   *
   * @param fetched live passages of one version, in any order; more than k, so that enough are left
   * @param k size wanted, the null document included; at least 1
   * @param nullDocument competes in place of the k-th passage; null = it does not
   * @param origin uid of the passage that the question was made from; null = none
   * @return by rank; empty means status NO_CANDIDATES
   */
  public static List<Candidate> select(
      Collection<Candidate> fetched,
      int k,
      @Nullable Candidate nullDocument,
      @Nullable Hash128 origin) {
    if (k < 1) {
      throw new IllegalArgumentException("k is " + k);
    }
    Map<Hash128, Candidate> byContent = new HashMap<>();
    for (Candidate candidate : fetched) {
      if (!candidate.uid().equals(origin)) {
        byContent.merge(candidate.contentHash(), candidate, SMALLER_UID);
      }
    }
    Stream<Candidate> best =
        byContent.values().stream()
            .sorted(Candidate.BY_RANK)
            .limit(nullDocument == null ? k : k - 1);
    return Stream.concat(best, Stream.ofNullable(nullDocument)).sorted(Candidate.BY_RANK).toList();
  }

  /** Rule S2: log p(z|x) of each candidate, a softmax of the scores over these alone. */
  public static double[] logProbabilities(List<Candidate> ranked) {
    double[] logs = ranked.stream().mapToDouble(Candidate::score).toArray();
    double normalizer = LogSumExp.of(logs);
    for (int i = 0; i < logs.length; i++) {
      logs[i] -= normalizer;
    }
    return logs;
  }
}
