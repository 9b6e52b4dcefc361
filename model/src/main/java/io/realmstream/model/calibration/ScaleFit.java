package io.realmstream.model.calibration;

import io.realmstream.model.evaluation.LogLoss;
import io.realmstream.model.marginal.Scaling;
import io.realmstream.model.marginal.ScoredQuestion;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.optim.InitialGuess;
import org.apache.commons.math3.optim.MaxEval;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;
import org.apache.commons.math3.optim.nonlinear.scalar.ObjectiveFunction;
import org.apache.commons.math3.optim.nonlinear.scalar.noderiv.NelderMeadSimplex;
import org.apache.commons.math3.optim.nonlinear.scalar.noderiv.SimplexOptimizer;

/**
 * Fits the scaling at which answers are right as often as their probabilities say. It maximizes the
 * likelihood that the answers are right or wrong as observed.
 *
 * <p>The answers stay fixed while their probabilities are fitted. Then they are computed at the new
 * scaling, until they no longer change. If they could change during a fit, the best fit would be
 * answers that are all wrong and all improbable.
 */
final class ScaleFit {
  /** A fitted factor stays between its start divided by this and its start times this. */
  private static final double FACTOR_MAX = 20;

  /** What a checkpoint may have, as its schema says. */
  private static final double SCALE_MAX = 1e6;

  private static final double TEMPERATURE_MIN = 0.01;
  private static final double TEMPERATURE_MAX = 100;

  private static final int ROUNDS_MAX = 6;
  private static final int EVALUATIONS_MAX = 2_000;

  /** Of the log-likelihood, and of the logarithms of the factors. */
  private static final double TOLERANCE = 1e-5;

  private static final double STEP = 0.25;

  private final List<ScoredQuestion> questions;

  ScaleFit(List<ScoredQuestion> questions) {
    this.questions = List.copyOf(questions);
  }

  Scaling from(Scaling start) {
    Scaling scaling = start;
    int[] answers = answers(scaling);
    for (int round = 0; round < ROUNDS_MAX; round++) {
      scaling = fit(answers, scaling, start);
      int[] next = answers(scaling);
      if (Arrays.equals(answers, next)) {
        break;
      }
      answers = next;
    }
    return scaling;
  }

  private int[] answers(Scaling scaling) {
    return questions.parallelStream().mapToInt(question -> question.answer(scaling)).toArray();
  }

  private Scaling fit(int[] answers, Scaling from, Scaling start) {
    ObjectiveFunction loss =
        new ObjectiveFunction(logs -> loss(answers, scaling(start, logs)) + excess(logs));
    double[] fitted =
        new SimplexOptimizer(TOLERANCE, TOLERANCE)
            .optimize(
                loss,
                GoalType.MINIMIZE,
                new InitialGuess(logs(start, from)),
                new NelderMeadSimplex(2, STEP),
                new MaxEval(EVALUATIONS_MAX))
            .getPoint();
    return scaling(start, fitted);
  }

  private double loss(int[] answers, Scaling scaling) {
    return IntStream.range(0, answers.length)
            .parallel()
            .mapToDouble(i -> loss(questions.get(i), answers[i], scaling))
            .sum()
        / answers.length;
  }

  private static double loss(ScoredQuestion question, int answer, Scaling scaling) {
    return answer == ScoredQuestion.NONE
        ? 0
        : LogLoss.of(question.probability(answer, scaling), question.isRight(answer));
  }

  /** The point of the search: logarithms of scale and temperature, each over its start. */
  private static double[] logs(Scaling start, Scaling at) {
    return new double[] {
      Math.log(at.scoreScale() / start.scoreScale()),
      Math.log(at.readerTemperature() / start.readerTemperature())
    };
  }

  private static Scaling scaling(Scaling start, double[] logs) {
    double scale = start.scoreScale() * Math.exp(within(logs[0]));
    double temperature = start.readerTemperature() * Math.exp(within(logs[1]));
    return new Scaling(
        Math.min(SCALE_MAX, scale),
        Math.max(TEMPERATURE_MIN, Math.min(TEMPERATURE_MAX, temperature)));
  }

  private static double within(double log) {
    double most = Math.log(FACTOR_MAX);
    return Math.max(-most, Math.min(most, log));
  }

  /** How far the search is out of bounds; added to the loss, it leads the search back. */
  private static double excess(double[] logs) {
    return Arrays.stream(logs).map(log -> Math.abs(log - within(log))).sum();
  }
}
