package io.realmstream.model.masked;

import io.realmstream.model.marginal.Candidate;
import io.realmstream.model.marginal.LogSumExp;
import io.realmstream.model.marginal.ReferenceMarginal;
import io.realmstream.model.masked.MaskedAnswer.Evidence;
import io.realmstream.model.masked.MaskedAnswer.Tokens;
import io.realmstream.model.masked.TokenSequences.Scored;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * REALM's masked-language-model marginal p(y|x) = sum over z of p(y|z,x) p(z|x) (Guu et al. 2020;
 * spec rules S2, A1-A5). A pure function of the candidates: their order does not matter.
 */
public final class MaskedLm {
  /**
   * Of each candidate so many sequences compete at least (spec rule A3), so that the answer does
   * not depend on how many are told.
   */
  private static final int BEAM = 16;

  private MaskedLm() {}

  /**
   * Predicts the tokens behind the masks of a question.
   *
   * @param candidates as chosen by {@link io.realmstream.model.marginal.CandidateSet#select}, not
   *     empty
   * @param readings of the candidates, in the same order; {@link MaskReading#UNREAD} where {@link
   *     MaskCertainty} says that the others are enough
   * @param top how many tokens of each mask, and how many sequences, are told; at least 1
   * @throws IllegalArgumentException when nothing was read, or the readings differ in shape or hold
   *     a NaN or an infinity
   */
  public static MaskedAnswer answer(
      List<Candidate> candidates, List<MaskReading> readings, int top) {
    MaskModel model = MaskModel.of(candidates, readings);
    List<List<Tokens>> masks = new ArrayList<>();
    for (int mask = 0; mask < model.masks(); mask++) {
      masks.add(distribution(model.logMarginals(mask), top));
    }
    // of a single mask every token competes, and both rules say the same (spec rule A3)
    List<Tokens> sequences = masks.size() == 1 ? masks.get(0) : sequences(model, top);
    int[] best = sequences.get(0).ids().stream().mapToInt(Integer::intValue).toArray();
    return new MaskedAnswer(masks, sequences, evidence(model, best), model.unreadMass());
  }

  /**
   * How probable it is that the masks stand for one of some sequences (spec rules A2, A4).
   *
   * @param sequences of one token id a mask; equal ones count once
   * @throws IllegalArgumentException as {@link #answer}, or for another number of tokens than masks
   */
  public static ReferenceMarginal references(
      List<Candidate> candidates, List<MaskReading> readings, Collection<List<Integer>> sequences) {
    MaskModel model = MaskModel.of(candidates, readings);
    List<int[]> different =
        sequences.stream().distinct().map(ids -> tokens(ids, model.masks())).toList();
    double[] joint = new double[model.candidates()];
    for (int z = 0; z < joint.length; z++) {
      int candidate = z;
      joint[z] =
          model.retrieval()[z]
              + LogSumExp.of(
                  different.stream()
                      .mapToDouble(tokens -> model.logLikelihood(candidate, tokens))
                      .toArray());
    }
    return ReferenceMarginal.of(joint, model.retrieval());
  }

  private static int[] tokens(List<Integer> ids, int masks) {
    if (ids.size() != masks) {
      throw new IllegalArgumentException(ids.size() + " tokens for " + masks + " masks");
    }
    return ids.stream().mapToInt(Integer::intValue).toArray();
  }

  private static List<Tokens> distribution(double[] logs, int top) {
    return Arrays.stream(TokenSequences.bestTokens(logs, top))
        .mapToObj(token -> new Tokens(List.of(token), probability(logs[token])))
        .toList();
  }

  private static List<Tokens> sequences(MaskModel model, int top) {
    List<Scored> scored =
        TokenSequences.ofEachCandidate(model, Math.max(top, BEAM)).stream()
            .map(tokens -> new Scored(tokens, LogSumExp.of(model.logJoint(tokens))))
            .toList();
    return TokenSequences.best(scored, top).stream()
        .map(s -> new Tokens(Arrays.stream(s.tokens()).boxed().toList(), probability(s.log())))
        .toList();
  }

  private static List<Evidence> evidence(MaskModel model, int[] answer) {
    double[] joint = model.logJoint(answer);
    double logAnswer = LogSumExp.of(joint);
    Double withoutPassage = withoutPassage(model, answer);
    List<Evidence> evidence = new ArrayList<>();
    for (int z = 0; z < joint.length; z++) {
      double logLikelihood = model.logLikelihood(z, answer);
      double probability = probability(model.retrieval()[z]);
      double posterior = probability(joint[z] - logAnswer);
      evidence.add(
          new Evidence(
              z + 1,
              model.ranked().get(z),
              probability,
              probability(logLikelihood),
              posterior,
              posterior - probability,
              withoutPassage == null || !model.isRead(z) ? null : logLikelihood - withoutPassage));
    }
    return evidence;
  }

  /** log p(y|null,x); null when the null document was not read. */
  private static @Nullable Double withoutPassage(MaskModel model, int[] answer) {
    for (int z = 0; z < model.candidates(); z++) {
      if (model.ranked().get(z).isNullDocument() && model.isRead(z)) {
        return model.logLikelihood(z, answer);
      }
    }
    return null;
  }

  /** Rounding must not give a probability above 1. */
  private static double probability(double log) {
    return Math.exp(Math.min(0, log));
  }
}
