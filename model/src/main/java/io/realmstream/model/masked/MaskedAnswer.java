package io.realmstream.model.masked;

import io.realmstream.model.marginal.Candidate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the masks of a question stand for.
 *
 * @param masks of each mask its most probable tokens by themselves, best first (spec rule A1)
 * @param sequences the most probable tokens of all masks together, best first (spec rules A2, A3);
 *     the first is the answer
 * @param evidence what each candidate has to do with the answer, by rank
 * @param unreadMass p(z|x) of the candidates that were left unread: each probability may be higher
 *     by up to this
 */
public record MaskedAnswer(
    List<List<Tokens>> masks, List<Tokens> sequences, List<Evidence> evidence, double unreadMass) {

  /**
   * Tokens and their probability p(y|x).
   *
   * @param ids one a mask; one alone in a mask's own distribution
   */
  public record Tokens(List<Integer> ids, double probability) {}

  /**
   * What one candidate z has to do with the answer y. One that was left unread has no share in what
   * is known of it.
   *
   * @param rank 1 = best
   * @param probability p(z|x) (spec rule S2)
   * @param answerProbability p(y|z,x)
   * @param posterior p(z|y,x), the candidate's share of p(y|x) (spec rule A4)
   * @param utility r(z) = posterior - p(z|x); sums to 0 (spec rule A4)
   * @param retrievalUtility RU(z) = log p(y|z,x) - log p(y|null,x), in nats (spec rule A5); null
   *     when the null document is no candidate, or one of the two was left unread
   */
  public record Evidence(
      int rank,
      Candidate candidate,
      double probability,
      double answerProbability,
      double posterior,
      double utility,
      @Nullable Double retrievalUtility) {}
}
