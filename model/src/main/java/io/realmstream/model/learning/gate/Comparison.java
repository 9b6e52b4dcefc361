package io.realmstream.model.learning.gate;

import java.util.List;

/**
 * Recall@k by the version in force and by the candidate, and the difference with its bounds.
 *
 * @param cut k
 */
public record Comparison(int cut, double before, double after, Interval change) {

  /**
   * Compares.
   *
   * @param questions at least one
   * @param level of the bounds, such as .9
   */
  public static Comparison of(List<JudgedQuestion> questions, int cut, double level, long seed) {
    double before = questions.stream().filter(each -> each.before() <= cut).count();
    double after = questions.stream().filter(each -> each.after() <= cut).count();
    GroupBootstrap bootstrap =
        new GroupBootstrap(
            questions, each -> (each.after() <= cut ? 1 : 0) - (each.before() <= cut ? 1 : 0));
    return new Comparison(
        cut, before / questions.size(), after / questions.size(), bootstrap.interval(level, seed));
  }
}
