package io.realmstream.model.evaluation;

import java.util.Collection;

/** Minus the log-likelihood of answers being right or wrong as they are, in nats an answer. */
public final class LogLoss {
  /** A probability of 0 or 1 that is wrong costs as much as one that is so far off. */
  private static final double LEAST = 1e-6;

  private LogLoss() {}

  /** Of one answer. */
  public static double of(double probability, boolean right) {
    double likelihood = right ? probability : 1 - probability;
    return -Math.log(Math.max(LEAST, likelihood));
  }

  /** The mean; 0 without answers. */
  public static double of(Collection<JudgedAnswer> answers) {
    return answers.stream().mapToDouble(a -> of(a.probability(), a.right())).average().orElse(0);
  }
}
