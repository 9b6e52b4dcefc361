package io.realmstream.model.masked;

import io.realmstream.model.marginal.Candidate;
import io.realmstream.model.marginal.CandidateSet;
import java.util.List;
import java.util.function.Predicate;

/**
 * Decides, while the candidates of a question with one mask are read, whether the word is certain:
 * whether {@link MaskedLm} is bound to give the same token when all are read.
 *
 * <p>A candidate that is not read yet has p(z|x) for all tokens together. With U = the sum of
 * p(z|x) over the unread candidates, the token v is certain when p(v) - p(v') > U for every other
 * token v'.
 */
public final class MaskCertainty implements Predicate<MaskReading> {
  /** More than a sum of p(v|x) over a thousand candidates can be wrong by. */
  private static final double ROUNDING = 1e-8;

  private final double[] retrieval;
  private final List<Integer> places;
  private final double unreadMassMax;
  private double[] masses = {};
  private int count;

  /**
   * @param ranked the candidates by rank
   * @param places in which order they are read, each once
   * @param unreadMassMax reading goes on while more p(z|x) than this is unread
   */
  public MaskCertainty(List<Candidate> ranked, List<Integer> places, double unreadMassMax) {
    this.retrieval = CandidateSet.logProbabilities(ranked);
    this.places = List.copyOf(places);
    this.unreadMassMax = unreadMassMax;
  }

  /**
   * Takes the reading of the next candidate.
   *
   * @return whether those read so far decide which token is the most probable
   * @throws IllegalArgumentException when a logit is NaN or infinite
   */
  @Override
  public boolean test(MaskReading reading) {
    float[] logits = reading.logits()[0];
    double normalizer = MaskModel.normalizer(logits);
    double log = retrieval[places.get(count++)] - normalizer;
    masses = count == 1 ? new double[logits.length] : masses;
    for (int token = 0; token < masses.length; token++) {
      masses[token] += Math.exp(log + logits[token]);
    }
    double unread = unreadMass();
    return count == places.size() || (lead() > unread + ROUNDING && unread <= unreadMassMax);
  }

  private double unreadMass() {
    double mass = 0;
    for (int i = places.size() - 1; i >= count; i--) {
      mass += Math.exp(retrieval[places.get(i)]);
    }
    return mass;
  }

  /** How far the most probable token is ahead of the second. */
  private double lead() {
    double first = 0;
    double second = 0;
    for (double mass : masses) {
      second = Math.max(second, Math.min(first, mass));
      first = Math.max(first, mass);
    }
    return first - second;
  }
}
