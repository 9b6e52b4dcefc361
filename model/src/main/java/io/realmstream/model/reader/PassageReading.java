package io.realmstream.model.reader;

/**
 * What the reader saw in one passage: a score for each body token to start or end the answer. All
 * four arrays have one entry a body token, in order.
 *
 * @param startScores score of an answer that starts here
 * @param endScores score of an answer that ends here
 * @param tokenStarts offset of the token's first character in the body, in UTF-16 units
 * @param tokenEnds offset behind its last character
 * @param spanTokensMax longest answer in tokens
 * @param noAnswerScore score of "no answer here"; -infinity for a reader without one
 * @param truncated whether the question or the body exceeded the reader's limits and was cut
 */
public record PassageReading(
    float[] startScores,
    float[] endScores,
    int[] tokenStarts,
    int[] tokenEnds,
    int spanTokensMax,
    double noAnswerScore,
    boolean truncated) {

  /**
   * The same with all scores divided by a temperature. Above 1, the probabilities of spans come
   * closer together; below 1, they move apart.
   */
  public PassageReading at(double temperature) {
    return new PassageReading(
        divided(startScores, temperature),
        divided(endScores, temperature),
        tokenStarts,
        tokenEnds,
        spanTokensMax,
        noAnswerScore / temperature,
        truncated);
  }

  private static float[] divided(float[] scores, double temperature) {
    float[] divided = new float[scores.length];
    for (int i = 0; i < scores.length; i++) {
      divided[i] = (float) (scores[i] / temperature);
    }
    return divided;
  }
}
