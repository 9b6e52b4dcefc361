package io.realmstream.model.marginal;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A question with all passages read and its accepted answers known. It can be answered at any
 * {@link Scaling}, as {@link OpenQa} does with PAPER and MARGINAL, but without texts. Answers are
 * numbers; {@link #NONE} means that no span is an answer.
 */
public final class ScoredQuestion {
  public static final int NONE = AnswerStrings.EMPTY;

  /**
   * A term whose log is this far below the largest is left out, which loses less than exp(-40) of
   * the sum.
   */
  private static final double NEGLIGIBLE = -40;

  private final double[] products;
  private final int[][] answers;
  private final float[][] scores;
  private final int strings;
  private final Set<Integer> right;

  /**
   * @param candidates with readings as the reader gives them, and q . e as scores
   * @param accepted empty = there is no answer, and every one is wrong
   * @throws IllegalArgumentException when a reader's score is NaN or infinite
   */
  public ScoredQuestion(List<Candidate> candidates, Collection<String> accepted) {
    List<Candidate> ranked = candidates.stream().sorted(Candidate.BY_RANK).toList();
    AnswerStrings known = new AnswerStrings();
    products = ranked.stream().mapToDouble(Candidate::score).toArray();
    answers = new int[ranked.size()][];
    scores = new float[ranked.size()][];
    for (int z = 0; z < ranked.size(); z++) {
      PassageSpans spans = new PassageSpans(ranked.get(z), known);
      answers[z] = spans.answers();
      scores[z] = lessTheirMaximum(spans.scores());
    }
    right =
        accepted.stream()
            .map(text -> known.append(AnswerStrings.EMPTY, known.words(text)))
            .filter(answer -> answer != NONE)
            .collect(Collectors.toUnmodifiableSet());
    strings = known.size();
  }

  /** Whether an answer is an accepted one. */
  public boolean isRight(int answer) {
    return right.contains(answer);
  }

  /** The answer with the largest p(y|x); of equal ones that which comes first. */
  public int answer(Scaling scaling) {
    double[] masses = new double[strings];
    double[] retrieval = retrieval(scaling);
    int best = NONE;
    for (int z = 0; z < scores.length; z++) {
      double[] weights = weights(z, scaling);
      double share = Math.exp(retrieval[z]) / sum(weights);
      for (int i = 0; i < answers[z].length; i++) {
        int answer = answers[z][i];
        masses[answer] += weights[i] * share;
      }
    }
    for (int answer = NONE + 1; answer < strings; answer++) {
      best = masses[answer] > (best == NONE ? 0 : masses[best]) ? answer : best;
    }
    return best;
  }

  /** p(y|x) of an answer. */
  public double probability(int answer, Scaling scaling) {
    double[] retrieval = retrieval(scaling);
    double probability = 0;
    for (int z = 0; z < scores.length; z++) {
      double[] weights = weights(z, scaling);
      double matching = 0;
      for (int i = 0; i < answers[z].length; i++) {
        matching += answers[z][i] == answer ? weights[i] : 0;
      }
      probability += Math.exp(retrieval[z]) * (matching / sum(weights));
    }
    return Math.min(1, probability);
  }

  /** Mass of "no answer" over the passages. */
  public double noAnswerMass(Scaling scaling) {
    double[] retrieval = retrieval(scaling);
    double mass = 0;
    for (int z = 0; z < scores.length; z++) {
      double[] weights = weights(z, scaling);
      mass += Math.exp(retrieval[z]) * (weights[weights.length - 1] / sum(weights));
    }
    return Math.min(1, mass);
  }

  private double[] retrieval(Scaling scaling) {
    double[] logs = Arrays.stream(products).map(p -> scaling.scoreScale() * p).toArray();
    return LogSumExp.normalized(logs);
  }

  /** exp(g / T) of each outcome of a passage, over the largest one. */
  private double[] weights(int z, Scaling scaling) {
    double[] weights = new double[scores[z].length];
    for (int i = 0; i < weights.length; i++) {
      double log = scores[z][i] / scaling.readerTemperature();
      weights[i] = log < NEGLIGIBLE ? 0 : Math.exp(log);
    }
    return weights;
  }

  private static double sum(double[] weights) {
    double sum = 0;
    for (double weight : weights) {
      sum += weight;
    }
    return sum;
  }

  private static float[] lessTheirMaximum(double[] scores) {
    double max = Arrays.stream(scores).max().orElseThrow();
    float[] less = new float[scores.length];
    for (int i = 0; i < less.length; i++) {
      less[i] = (float) (scores[i] - max);
    }
    return less;
  }
}
