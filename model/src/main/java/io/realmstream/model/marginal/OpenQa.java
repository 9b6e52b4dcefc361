package io.realmstream.model.marginal;

import io.realmstream.schemas.answer.AnswerCandidate;
import io.realmstream.schemas.answer.AnswerStatus;
import io.realmstream.schemas.answer.Span;
import io.realmstream.schemas.query.Decoding;
import io.realmstream.schemas.query.Normalization;
import io.realmstream.schemas.query.QueryOptions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * REALM's Open-QA marginal p(y|x) = sum over z of p(y|z,x) p(z|x) (Guu et al. 2020; spec rules S2,
 * B1-B6). A pure function of the candidates: their order does not matter.
 */
public final class OpenQa {
  private OpenQa() {}

  /**
   * Answers a question from its candidates, as chosen by {@link CandidateSet#select}.
   *
   * @param options normalization, decoding, number of runners-up, and when the answer is withheld
   * @throws IllegalArgumentException when a reader's score is NaN or infinite
   */
  public static OpenQaAnswer answer(List<Candidate> candidates, QueryOptions options) {
    return answer(candidates, Set.of(), options);
  }

  /**
   * Answers a question of which not all is read that was to be. With PAPER every span that was read
   * has the probability that it has when all are, so that p(y|x) is a lower bound.
   *
   * @param unread ranks, from 0, of the candidates that were to be read and are not
   */
  public static OpenQaAnswer answer(
      List<Candidate> candidates, Set<Integer> unread, QueryOptions options) {
    if (candidates.isEmpty()) {
      return new OpenQaAnswer(
          AnswerStatus.NO_CANDIDATES, null, null, List.of(), 0, 0, 0, List.of());
    }
    SpanModel model = SpanModel.of(candidates, options.normalization());
    AnswerTable table = AnswerTable.of(model);
    double[] keys =
        options.decoding() == Decoding.MAX_SPAN ? table.best() : table.logProbabilities();
    List<Integer> best = table.top(1 + options.runnersUp(), keys);
    List<AnswerCandidate> answers =
        best.stream().map(answer -> describe(answer, table, model)).toList();
    AnswerCandidate first = answers.isEmpty() ? null : answers.get(0);
    double noAnswerMass = Math.min(1, model.noAnswerMass(unread));
    boolean answered =
        first != null && !options.thresholds().withhold(first.probability(), noAnswerMass);
    return new OpenQaAnswer(
        answered ? AnswerStatus.ANSWERED : AnswerStatus.NO_ANSWER,
        answered ? first : null,
        answered ? null : first,
        first == null ? List.of() : answers.subList(1, answers.size()),
        noAnswerMass,
        probability(table.logProbabilities()[AnswerStrings.EMPTY]),
        Certainty.mass(model.retrieval(), unread),
        evidence(answered ? best.get(0) : null, table, model));
  }

  /**
   * How probable a set of accepted references is (spec rule B3): over all spans whose string equals
   * any of them after normalization, each span once.
   */
  public static ReferenceMarginal references(
      List<Candidate> candidates, Normalization normalization, Collection<String> references) {
    SpanModel model = SpanModel.of(candidates, normalization);
    int[] accepted =
        references.stream()
            .mapToInt(r -> model.strings().append(AnswerStrings.EMPTY, model.strings().words(r)))
            .filter(answer -> answer != AnswerStrings.EMPTY)
            .distinct()
            .sorted()
            .toArray();
    double[] joint = new double[model.passages().length];
    for (int z = 0; z < joint.length; z++) {
      // a span has one string, so the strings' own shares count each span once
      joint[z] = LogSumExp.of(model.logShares(accepted, z));
    }
    return ReferenceMarginal.of(joint, model.marginals());
  }

  private static AnswerCandidate describe(int answer, AnswerTable table, SpanModel model) {
    Span span = model.passages()[table.bestPassage()[answer]].quote(table.bestSpan()[answer]);
    return new AnswerCandidate(span.text(), probability(table.logProbabilities()[answer]));
  }

  private static List<PassageEvidence> evidence(
      @Nullable Integer answer, AnswerTable table, SpanModel model) {
    List<PassageEvidence> evidence = new ArrayList<>();
    for (int z = 0; z < model.passages().length; z++) {
      double probability = probability(model.retrieval()[z]);
      Candidate candidate = model.ranked().get(z);
      if (answer == null) {
        evidence.add(new PassageEvidence(z + 1, candidate, probability, null, 0, 0, 0));
        continue;
      }
      double marginal = model.marginals()[z];
      int best = model.bestSpan(answer, z);
      double share = model.logShare(answer, z);
      double posterior = probability(share - table.logProbabilities()[answer]);
      evidence.add(
          new PassageEvidence(
              z + 1,
              candidate,
              probability,
              best < 0 ? null : model.passages()[z].quote(best),
              best < 0 ? 0 : probability(share - marginal),
              posterior,
              posterior - probability(marginal)));
    }
    return evidence;
  }

  /** Rounding must not give a probability above 1. */
  private static double probability(double log) {
    return Math.exp(Math.min(0, log));
  }
}
