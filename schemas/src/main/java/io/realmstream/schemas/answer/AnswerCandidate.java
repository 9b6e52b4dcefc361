package io.realmstream.schemas.answer;

/**
 * An answer string and its marginal probability.
 *
 * @param text as it stands in the best span
 * @param probability p(y|x)
 */
public record AnswerCandidate(String text, double probability) {}
