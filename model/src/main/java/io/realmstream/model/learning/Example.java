package io.realmstream.model.learning;

import java.util.Arrays;

/**
 * A query, its candidates, and how likely each makes the answer. This is one form for three
 * sources:
 *
 * <pre>
 * REALM's answers     log p(y|z,x) as the reader gave it
 * feedback            0 for accepted passages, minus infinity for the others
 * inverse cloze task  0 for the sentence's own passage, minus infinity for the others
 * </pre>
 *
 * @param query trunk output
 * @param candidates places in the batch's documents, each once
 * @param logLikelihoods log p(y|z,x), one a candidate; minus infinity = impossible
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Example(float[] query, int[] candidates, double[] logLikelihoods) {
  public Example {
    if (candidates.length != logLikelihoods.length) {
      throw new IllegalArgumentException(
          candidates.length + " candidates, " + logLikelihoods.length + " likelihoods");
    }
  }

  /** Whether a candidate makes the answer possible; without one there is nothing to learn. */
  public boolean isAnswerable() {
    return Arrays.stream(logLikelihoods).anyMatch(each -> each != Double.NEGATIVE_INFINITY);
  }
}
