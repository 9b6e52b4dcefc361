package io.realmstream.model.marginal;

import io.realmstream.schemas.query.Normalization;
import java.util.Arrays;
import java.util.List;

/**
 * The distribution over all outcomes of a question: log p(s|x) of each span s of each passage z,
 * and of "no answer" in z. Both normalizations have the form
 *
 * <pre>
 *   log p(s|x) = base(z) + g(s) - normalizer(z)
 *   PAPER (B1)   base = log p(z|x),   normalizer = LSE of g over the outcomes of z
 *   JOINT (B2)   base = f(x,z),       normalizer = LSE of f + g over the outcomes of all passages
 * </pre>
 *
 * JOINT leaves out passages without spans (base = -infinity). When none has any, nothing is left to
 * normalize over: then all mass is "no answer", as in PAPER.
 *
 * @param ranked the candidates by rank
 * @param passages their outcomes
 * @param retrieval log p(z|x)
 * @param marginals this model's own log probability of each passage: p(z|x) in PAPER
 */
record SpanModel(
    List<Candidate> ranked,
    AnswerStrings strings,
    PassageSpans[] passages,
    double[] retrieval,
    double[] marginals,
    double[] base,
    double[] normalizers) {

  /**
   * @param candidates in any order
   */
  static SpanModel of(List<Candidate> candidates, Normalization normalization) {
    List<Candidate> ranked = candidates.stream().sorted(Candidate.BY_RANK).toList();
    AnswerStrings strings = new AnswerStrings();
    PassageSpans[] passages = new PassageSpans[ranked.size()];
    double[] local = new double[passages.length];
    for (int z = 0; z < passages.length; z++) {
      passages[z] = new PassageSpans(ranked.get(z), strings);
      local[z] = LogSumExp.of(passages[z].scores());
    }
    double[] retrieval = CandidateSet.logProbabilities(ranked);
    boolean paper =
        normalization == Normalization.PAPER
            || Arrays.stream(passages).allMatch(spans -> spans.count() == 0);
    if (paper) {
      return new SpanModel(ranked, strings, passages, retrieval, retrieval, retrieval, local);
    }
    double[] base = new double[passages.length];
    double[] marginals = new double[passages.length];
    for (int z = 0; z < passages.length; z++) {
      base[z] = passages[z].count() > 0 ? ranked.get(z).score() : Double.NEGATIVE_INFINITY;
      marginals[z] = base[z] + local[z];
    }
    double[] normalizers = new double[passages.length];
    Arrays.fill(normalizers, LogSumExp.of(marginals));
    for (int z = 0; z < passages.length; z++) {
      marginals[z] -= normalizers[z];
    }
    return new SpanModel(ranked, strings, passages, retrieval, marginals, base, normalizers);
  }

  /** log p(s|x) of a span, or of "no answer" in the passage with the index behind its last span. */
  double logProbability(int passage, int outcome) {
    return base[passage] + passages[passage].scores()[outcome] - normalizers[passage];
  }

  /** Mass of "no answer" over all passages (spec rule B4). */
  double noAnswerMass() {
    double mass = 0;
    for (int z = 0; z < passages.length; z++) {
      mass += Math.exp(logProbability(z, passages[z].count()));
    }
    return mass;
  }

  /** log p(y, z|x): the share that the spans of one passage have in an answer (spec rule B6). */
  double logShare(int answer, int passage) {
    int[] answers = passages[passage].answers();
    double[] logs = new double[answers.length];
    int count = 0;
    for (int i = 0; i < answers.length; i++) {
      if (answers[i] == answer) {
        logs[count++] = logProbability(passage, i);
      }
    }
    return LogSumExp.of(Arrays.copyOf(logs, count));
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
