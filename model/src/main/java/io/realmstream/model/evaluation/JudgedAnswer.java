package io.realmstream.model.evaluation;

/**
 * An answer of known worth.
 *
 * @param probability p(y|x), as it was said
 * @param noAnswerMass of its question
 */
public record JudgedAnswer(double probability, double noAnswerMass, boolean right) {
  public JudgedAnswer {
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException("probability is " + probability);
    }
  }
}
