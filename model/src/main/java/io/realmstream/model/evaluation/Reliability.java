package io.realmstream.model.evaluation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Whether answers are right as often as their probabilities say: bins of equal width over the
 * probability, and the error over all bins (Naeini et al. 2015; Guo et al. 2017).
 *
 * @param bins those that hold answers, ascending
 * @param calibrationError expected calibration error: the mean over answers of the distance between
 *     their bin's mean probability and its share of right ones; 0 without answers
 */
public record Reliability(List<Bin> bins, double calibrationError) {
  public static final int BINS = 10;

  /**
   * Answers with probabilities from {@code from} to {@code to}. An upper end belongs to the next
   * bin, except 1.
   *
   * @param probability mean
   * @param right share of right answers
   */
  public record Bin(double from, double to, int count, double probability, double right) {}

  public static Reliability of(Collection<JudgedAnswer> answers) {
    int[] counts = new int[BINS];
    int[] right = new int[BINS];
    double[] sums = new double[BINS];
    for (JudgedAnswer answer : answers) {
      int bin = Math.min(BINS - 1, (int) (answer.probability() * BINS));
      counts[bin]++;
      right[bin] += answer.right() ? 1 : 0;
      sums[bin] += answer.probability();
    }
    List<Bin> bins = new ArrayList<>();
    double distances = 0;
    for (int i = 0; i < BINS; i++) {
      if (counts[i] > 0) {
        double from = (double) i / BINS;
        double to = (i + 1.0) / BINS;
        bins.add(new Bin(from, to, counts[i], sums[i] / counts[i], (double) right[i] / counts[i]));
        distances += Math.abs(sums[i] - right[i]);
      }
    }
    return new Reliability(bins, answers.isEmpty() ? 0 : distances / answers.size());
  }
}
