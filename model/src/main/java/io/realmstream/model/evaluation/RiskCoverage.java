package io.realmstream.model.evaluation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * How often answers are wrong when only the most probable ones are given (El-Yaniv and Wiener
 * 2010). Equally probable answers count as if they came in random order.
 *
 * @param curve from the most probable answer to all of them, {@value #POINTS} points at most
 * @param area mean of the risk over all coverages 1/n, 2/n, ... 1: smaller is better; 0 without
 *     answers
 */
public record RiskCoverage(List<Point> curve, double area) {
  public static final int POINTS = 100;

  /**
   * A point: only the most probable answers are given.
   *
   * @param coverage share of the answers that are given
   * @param risk share of wrong ones among these
   * @param probability of the least probable one of them
   */
  public record Point(double coverage, double risk, double probability) {}

  public static RiskCoverage of(Collection<JudgedAnswer> answers) {
    List<JudgedAnswer> sorted =
        answers.stream()
            .sorted(Comparator.comparingDouble(JudgedAnswer::probability).reversed())
            .toList();
    int count = sorted.size();
    double[] wrong = expectedWrong(sorted);
    List<Point> curve = new ArrayList<>();
    double risks = 0;
    for (int given = 1; given <= count; given++) {
      double risk = wrong[given - 1] / given;
      risks += risk;
      if ((long) given * POINTS / count > (given - 1L) * POINTS / count) {
        curve.add(new Point((double) given / count, risk, sorted.get(given - 1).probability()));
      }
    }
    return new RiskCoverage(curve, count == 0 ? 0 : risks / count);
  }

  /** How many of the first 1, 2, ... answers are expected to be wrong. */
  private static double[] expectedWrong(List<JudgedAnswer> sorted) {
    double[] wrong = new double[sorted.size()];
    double before = 0;
    int start = 0;
    while (start < wrong.length) {
      int end = start;
      int wrongHere = 0;
      double probability = sorted.get(start).probability();
      while (end < wrong.length && sorted.get(end).probability() == probability) {
        wrongHere += sorted.get(end).right() ? 0 : 1;
        end++;
      }
      for (int i = start; i < end; i++) {
        wrong[i] = before + (double) wrongHere * (i - start + 1) / (end - start);
      }
      before += wrongHere;
      start = end;
    }
    return wrong;
  }
}
