package io.realmstream.model.evaluation;

/**
 * An answer that is known to be right or wrong.
 *
 * @param probability p(y|x) as the answer had it
 * @param noAnswerMass of its question
 */
public record JudgedAnswer(double probability, double noAnswerMass, boolean right) {
  public JudgedAnswer {
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException("probability is " + probability);
    }
  }
}
