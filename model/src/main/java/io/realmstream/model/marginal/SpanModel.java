package io.realmstream.model.marginal;

import io.realmstream.schemas.query.Normalization;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.DoubleStream;

/**
 * The distribution over all outcomes of a question: log p(s|x) of each span s of each passage z,
 * and of "no answer" in z.
 *
 * <pre>
 *   PAPER (B1)   log p(s|x) = log p(z|x) + (g - LSE of g over the outcomes of z)
 *   JOINT (B2)   log p(s|x) = f(x,z) + g - LSE of f + g over the outcomes of all passages
 * </pre>
 *
 * In PAPER no span is above p(z|x) of its passage, to the last digit, which {@link Certainty}
 * builds on. In JOINT equal sums of f and g are equal probabilities.
 *
 * <p>JOINT leaves out passages without spans (base = -infinity). When none has any, nothing is left
 * to normalize over: then all mass is "no answer", as in PAPER.
 *
 * @param ranked the candidates by rank
 * @param passages their outcomes
 * @param retrieval log p(z|x)
 * @param marginals this model's own log probability of each passage: p(z|x) in PAPER
 * @param logs log p(s|x) of each passage's spans, and of "no answer" behind them
 */
record SpanModel(
    List<Candidate> ranked,
    AnswerStrings strings,
    PassageSpans[] passages,
    double[] retrieval,
    double[] marginals,
    double[][] logs) {

  /**
   * @param candidates in any order
   */
  static SpanModel of(List<Candidate> candidates, Normalization normalization) {
    List<Candidate> ranked = candidates.stream().sorted(Candidate.BY_RANK).toList();
    AnswerStrings strings = new AnswerStrings();
    PassageSpans[] passages = new PassageSpans[ranked.size()];
    for (int z = 0; z < passages.length; z++) {
      passages[z] = new PassageSpans(ranked.get(z), strings);
    }
    double[] retrieval = CandidateSet.logProbabilities(ranked);
    boolean paper =
        normalization == Normalization.PAPER
            || Arrays.stream(passages).allMatch(spans -> spans.count() == 0);
    return paper
        ? paper(ranked, strings, passages, retrieval)
        : joint(ranked, strings, passages, retrieval);
  }

  private static SpanModel paper(
      List<Candidate> ranked, AnswerStrings strings, PassageSpans[] passages, double[] retrieval) {
    double[][] logs = new double[passages.length][];
    for (int z = 0; z < passages.length; z++) {
      logs[z] = LogSumExp.normalized(passages[z].scores());
      for (int i = 0; i < logs[z].length; i++) {
        logs[z][i] += retrieval[z];
      }
    }
    return new SpanModel(ranked, strings, passages, retrieval, retrieval, logs);
  }

  private static SpanModel joint(
      List<Candidate> ranked, AnswerStrings strings, PassageSpans[] passages, double[] retrieval) {
    double[][] logs = new double[passages.length][];
    double[] marginals = new double[passages.length];
    for (int z = 0; z < passages.length; z++) {
      double f = passages[z].count() > 0 ? ranked.get(z).score() : Double.NEGATIVE_INFINITY;
      logs[z] = Arrays.stream(passages[z].scores()).map(g -> f + g).toArray();
      marginals[z] = LogSumExp.of(logs[z]);
    }
    double normalizer = LogSumExp.of(marginals);
    for (int z = 0; z < passages.length; z++) {
      marginals[z] -= normalizer;
      for (int i = 0; i < logs[z].length; i++) {
        logs[z][i] -= normalizer;
      }
    }
    return new SpanModel(ranked, strings, passages, retrieval, marginals, logs);
  }

  /** log p(s|x) of a span, or of "no answer" in the passage with the index behind its last span. */
  double logProbability(int passage, int outcome) {
    return logs[passage][outcome];
  }

  /**
   * Mass of "no answer" over the passages (spec rule B4).
   *
   * @param unread ranks, from 0, of passages of which nothing is known yet, and which do not count
   */
  double noAnswerMass(Set<Integer> unread) {
    double mass = 0;
    for (int z = 0; z < passages.length; z++) {
      if (!unread.contains(z)) {
        mass += Math.exp(logProbability(z, passages[z].count()));
      }
    }
    return mass;
  }

  /** log p(y, z|x): the share that the spans of one passage have in an answer (spec rule B6). */
  double logShare(int answer, int passage) {
    return logShares(new int[] {answer}, passage)[0];
  }

  /**
   * {@link #logShare} of each answer, by one look at each span.
   *
   * @param sorted the answers, each once, ascending
   */
  double[] logShares(int[] sorted, int passage) {
    DoubleStream.Builder[] shares = new DoubleStream.Builder[sorted.length];
    Arrays.setAll(shares, i -> DoubleStream.builder());
    int[] answers = passages[passage].answers();
    for (int i = 0; i < answers.length; i++) {
      int place = Arrays.binarySearch(sorted, answers[i]);
      if (place >= 0) {
        shares[place].add(logProbability(passage, i));
      }
    }
    return Arrays.stream(shares)
        .mapToDouble(each -> LogSumExp.of(each.build().toArray()))
        .toArray();
  }

  /** The most probable span of a passage that gives the answer; -1 when none does. */
  int bestSpan(int answer, int passage) {
    int[] answers = passages[passage].answers();
    int best = -1;
    for (int i = 0; i < answers.length; i++) {
      if (answers[i] == answer
          && (best < 0 || logProbability(passage, i) > logProbability(passage, best))) {
        best = i;
      }
    }
    return best;
  }
}
