package io.realmstream.schemas.query;

import org.jspecify.annotations.Nullable;

/**
 * When the best answer is withheld, and the status is NO_ANSWER. Both limits hold.
 *
 * @param noAnswerMassMax largest no-answer mass under which there is an answer, 0 to 1; null = any
 * @param probabilityMin smallest p(y|x) of an answer, 0 to 1; null = any
 */
public record AnswerThresholds(@Nullable Double noAnswerMassMax, @Nullable Double probabilityMin) {
  /** No answer is withheld. */
  public static final AnswerThresholds NONE = new AnswerThresholds(null, null);

  /** Refuses limits outside 0 to 1. */
  public AnswerThresholds {
    check("noAnswerMassMax", noAnswerMassMax);
    check("probabilityMin", probabilityMin);
  }

  /** These, and where they name no limit that of others. */
  public AnswerThresholds or(AnswerThresholds others) {
    return new AnswerThresholds(
        noAnswerMassMax == null ? others.noAnswerMassMax : noAnswerMassMax,
        probabilityMin == null ? others.probabilityMin : probabilityMin);
  }

  /** Whether an answer of that probability beside that no-answer mass is withheld. */
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
