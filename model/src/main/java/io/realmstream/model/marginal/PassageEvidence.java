package io.realmstream.model.marginal;

import io.realmstream.schemas.answer.Span;
import org.jspecify.annotations.Nullable;

/**
 * What one candidate z has to do with the answer y.
 *
 * @param rank 1 = best
 * @param probability p(z|x) over the candidates (spec rule S2)
 * @param span best span of this passage that gives the answer, with offsets in its body; null when
 *     there is none, and then the next two are 0
 * @param answerProbability p(y|z,x)
 * @param posterior p(z|y,x), the passage's share of p(y|x) (spec rule B6)
 * @param utility r(z) = posterior - the passage's own probability: p(z|x) in PAPER, the joint
 *     model's passage marginal in JOINT; sums to 0; all 0 when there is no answer
 */
public record PassageEvidence(
    int rank,
    Candidate candidate,
    double probability,
    @Nullable Span span,
    double answerProbability,
    double posterior,
    double utility) {}
