package io.realmstream.model.calibration;

import io.realmstream.model.evaluation.JudgedAnswer;
import io.realmstream.model.evaluation.LogLoss;
import io.realmstream.schemas.version.ConfidenceCurve;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.optim.InitialGuess;
import org.apache.commons.math3.optim.MaxEval;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;
import org.apache.commons.math3.optim.nonlinear.scalar.ObjectiveFunction;
import org.apache.commons.math3.optim.nonlinear.scalar.noderiv.NelderMeadSimplex;
import org.apache.commons.math3.optim.nonlinear.scalar.noderiv.SimplexOptimizer;

/**
 * Fits how often answers are right, by maximum likelihood.
 *
 * <p>Score scale and temperature alone cannot do that. p(y|x) of a string leaves out the mass of
 * its variants, such as "1871" beside "in 1871". So a right answer is less probable than it should
 * be, however sharp the distributions are.
 */
final class ConfidenceFit {
  /** The limits of a curve in a checkpoint, as its schema has them. */
  private static final double MOST = 1_000;

  private static final int EVALUATIONS_MAX = 5_000;
  private static final double TOLERANCE = 1e-8;
  private static final double STEP = 0.25;

  private ConfidenceFit() {}

  /** The curve that fits these answers, some of which are right and some wrong. */
  static ConfidenceCurve of(List<JudgedAnswer> answers) {
    ObjectiveFunction loss = new ObjectiveFunction(point -> LogLoss.of(at(answers, curve(point))));
    double[] fitted =
        new SimplexOptimizer(TOLERANCE, TOLERANCE)
            .optimize(
                loss,
                GoalType.MINIMIZE,
                new InitialGuess(new double[] {1, 0}),
                new NelderMeadSimplex(2, STEP),
                new MaxEval(EVALUATIONS_MAX))
            .getPoint();
    return curve(fitted);
  }

  /** The answers with their confidence as probability. */
  static List<JudgedAnswer> at(List<JudgedAnswer> answers, ConfidenceCurve curve) {
    return answers.stream()
        .map(
            a ->
                new JudgedAnswer(
                    curve.at(a.probability(), a.noAnswerMass()), a.noAnswerMass(), a.right()))
        .toList();
  }

  /** A point of the search: the slope is an absolute value, which is never negative. */
  private static ConfidenceCurve curve(double[] point) {
    double[] bounded = Arrays.stream(point).map(x -> Math.max(-MOST, Math.min(MOST, x))).toArray();
    return new ConfidenceCurve(Math.abs(bounded[0]), bounded[1]);
  }
}
