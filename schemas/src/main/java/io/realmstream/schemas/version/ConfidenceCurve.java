package io.realmstream.schemas.version;

/**
 * How often an answer is right, if the question has one: Platt scaling (Platt 1999) of the log-odds
 * of r, the answer's probability among all answers.
 *
 * <pre>
 *   r          = p(y|x) / (1 - no-answer mass)
 *   confidence = 1 / (1 + exp(-(offset + slope ln(r / (1 - r)))))
 * </pre>
 *
 * Within a question it never falls where p rises, so it changes no answer and keeps every interval
 * of p.
 *
 * @param slope at least 0; 1 = odds as they are
 * @param offset added to the log-odds
 */
public record ConfidenceCurve(double slope, double offset) {
  /**
   * The least distance of r from 0 and 1: a smaller one counts as this, so that the log-odds stay
   * finite.
   */
  private static final double NEAREST = 1e-9;

  /** Refuses a slope below 0. */
  public ConfidenceCurve {
    if (!(slope >= 0) || !Double.isFinite(slope + offset)) {
      throw new IllegalArgumentException(
          "slope must be at least 0, and offset finite (are %s, %s)".formatted(slope, offset));
    }
  }

  /**
   * The confidence, 0 to 1.
   *
   * @param probability p(y|x)
   * @param noAnswerMass of the question
   */
  public double at(double probability, double noAnswerMass) {
    double among = probability / Math.max(NEAREST, 1 - noAnswerMass);
    double r = Math.max(NEAREST, Math.min(1 - NEAREST, among));
    return 1 / (1 + Math.exp(-(offset + slope * (Math.log(r) - Math.log1p(-r)))));
  }
}
