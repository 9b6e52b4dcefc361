package io.realmstream.schemas.query;

import org.jspecify.annotations.Nullable;

/**
 * When the best answer is withheld, so that the status is NO_ANSWER. An answer must meet both
 * limits.
 *
 * @param noAnswerMassMax largest no-answer mass with which an answer is given, 0 to 1; null = any
 * @param probabilityMin smallest p(y|x) of an answer that is given, 0 to 1; null = any
 */
public record AnswerThresholds(@Nullable Double noAnswerMassMax, @Nullable Double probabilityMin) {
  /** No answer is withheld. */
  public static final AnswerThresholds NONE = new AnswerThresholds(null, null);

  /** Refuses limits outside 0 to 1. */
  public AnswerThresholds {
    check("noAnswerMassMax", noAnswerMassMax);
    check("probabilityMin", probabilityMin);
  }

  /** These limits; where one is null, that of others. */
  public AnswerThresholds or(AnswerThresholds others) {
    return new AnswerThresholds(
        noAnswerMassMax == null ? others.noAnswerMassMax : noAnswerMassMax,
        probabilityMin == null ? others.probabilityMin : probabilityMin);
  }

  /** Whether an answer with that probability and that no-answer mass is withheld. */
  public boolean withhold(double probability, double noAnswerMass) {
    return (noAnswerMassMax != null && noAnswerMass > noAnswerMassMax)
        || (probabilityMin != null && probability < probabilityMin);
  }

  private static void check(String field, @Nullable Double limit) {
    if (limit != null && !(limit >= 0 && limit <= 1)) {
      throw new IllegalArgumentException(field + ": must be 0 to 1 (is " + limit + ")");
    }
  }
}
