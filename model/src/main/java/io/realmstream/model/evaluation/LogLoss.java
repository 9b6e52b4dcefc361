package io.realmstream.model.evaluation;

import java.util.Collection;

/** Minus the log-likelihood that answers are right or wrong as observed, in nats an answer. */
public final class LogLoss {
  /** A smaller likelihood counts as this, so that the loss is finite. */
  private static final double LEAST = 1e-6;

  private LogLoss() {}

  /** The loss of one answer. */
  public static double of(double probability, boolean right) {
    double likelihood = right ? probability : 1 - probability;
    return -Math.log(Math.max(LEAST, likelihood));
  }

  /** The mean loss; 0 without answers. */
  public static double of(Collection<JudgedAnswer> answers) {
    return answers.stream().mapToDouble(a -> of(a.probability(), a.right())).average().orElse(0);
  }
}
