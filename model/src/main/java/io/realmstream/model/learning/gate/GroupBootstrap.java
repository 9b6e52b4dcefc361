package io.realmstream.model.learning.gate;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * A mean with bounds that allow for groups: questions on one document stand or fall together, so
 * whole groups are drawn with replacement (Efron and Tibshirani 1993, chapter 13).
 */
final class GroupBootstrap {
  private static final int DRAWS = 2_000;

  private final double[] sums;
  private final int[] counts;

  /**
   * @param value what is averaged over questions
   */
  GroupBootstrap(List<JudgedQuestion> questions, ToDoubleFunction<JudgedQuestion> value) {
    Map<String, Integer> places = new TreeMap<>();
    questions.forEach(question -> places.put(question.group(), 0));
    int next = 0;
    for (Map.Entry<String, Integer> place : places.entrySet()) {
      place.setValue(next++);
    }
    sums = new double[next];
    counts = new int[next];
    for (JudgedQuestion question : questions) {
      int place = places.getOrDefault(question.group(), 0);
      sums[place] += value.applyAsDouble(question);
      counts[place]++;
    }
  }

  int groups() {
    return counts.length;
  }

  /**
   * The mean and the bounds between which {@code level} of the draws fall.
   *
   * @param level such as .9
   */
  Interval interval(double level, long seed) {
    Random random = new Random(seed);
    double[] means = new double[DRAWS];
    for (int draw = 0; draw < DRAWS; draw++) {
      double sum = 0;
      long count = 0;
      for (int i = 0; i < sums.length; i++) {
        int group = random.nextInt(sums.length);
        sum += sums[group];
        count += counts[group];
      }
      means[draw] = sum / count;
    }
    Arrays.sort(means);
    int tail = (int) Math.round(DRAWS * (1 - level) / 2);
    double mean = Arrays.stream(sums).sum() / Arrays.stream(counts).sum();
    return new Interval(mean, means[tail], means[DRAWS - 1 - tail]);
  }
}
