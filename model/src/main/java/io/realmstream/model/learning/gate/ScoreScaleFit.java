package io.realmstream.model.learning.gate;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.optim.MaxEval;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;
import org.apache.commons.math3.optim.univariate.BrentOptimizer;
import org.apache.commons.math3.optim.univariate.SearchInterval;
import org.apache.commons.math3.optim.univariate.UnivariateObjectiveFunction;

/**
 * Fits the score scale of a head: the factor at which the accepted passage's share of p(z|x) among
 * the best is most likely. A head that spreads cosines needs a smaller one.
 */
public final class ScoreScaleFit {
  private static final double SCALE_MIN = 1;
  private static final double SCALE_MAX = 1_000;
  private static final double TOLERANCE = 1e-6;
  private static final int EVALUATIONS_MAX = 200;

  private final List<double[]> products = new ArrayList<>();

  /**
   * Adds a question.
   *
   * @param gold q . e of the accepted passage
   * @param others q . e of the best others
   */
  public void add(double gold, double[] others) {
    double[] all = new double[others.length + 1];
    all[0] = gold;
    System.arraycopy(others, 0, all, 1, others.length);
    products.add(all);
  }

  /**
   * The fitted scale, between 1 and 1,000.
   *
   * @throws IllegalStateException without a question
   */
  public double fit() {
    if (products.isEmpty()) {
      throw new IllegalStateException("no question to fit the score scale on");
    }
    double log =
        new BrentOptimizer(TOLERANCE, TOLERANCE)
            .optimize(
                new UnivariateObjectiveFunction(this::loss),
                GoalType.MINIMIZE,
                new SearchInterval(Math.log(SCALE_MIN), Math.log(SCALE_MAX)),
                new MaxEval(EVALUATIONS_MAX))
            .getPoint();
    return Math.exp(log);
  }

  /** Mean -log p(gold) in nats. */
  private double loss(double logScale) {
    double scale = Math.exp(logScale);
    double loss = 0;
    for (double[] each : products) {
      double sum = 0;
      for (double product : each) {
        sum += Math.exp(scale * (product - each[0]));
      }
      loss += Math.log(sum);
    }
    return loss / products.size();
  }
}
