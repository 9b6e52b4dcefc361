package io.realmstream.model.learning.gate;

import io.realmstream.model.learning.gate.Verdict.Outcome;
import java.util.List;

/**
 * Decides whether a candidate takes the place of the version in force. It does if recall@1 on
 * held-out documents rises for certain, and recall@5 does not fall by more than a point: both at
 * the lower bound of a 90 % interval, drawn by document.
 */
public final class Gate {
  /** Questions on fewer documents say little, however many they are. */
  static final int GROUPS_MIN = 20;

  private static final double LEVEL = 0.9;
  private static final double FALL_MAX = 0.01;

  private Gate() {}

  /**
   * Judges a candidate.
   *
   * @param questions on documents that it did not learn from
   */
  public static Verdict judge(List<JudgedQuestion> questions, long seed) {
    int groups = (int) questions.stream().map(JudgedQuestion::group).distinct().count();
    if (groups < GROUPS_MIN) {
      return new Verdict(Outcome.TOO_FEW, questions.size(), groups, List.of());
    }
    Comparison first = Comparison.of(questions, 1, LEVEL, seed);
    Comparison fifth = Comparison.of(questions, 5, LEVEL, seed);
    Outcome outcome = Outcome.PUBLISHED;
    if (first.change().lower() <= 0) {
      outcome = Outcome.NO_GAIN;
    } else if (fifth.change().lower() < -FALL_MAX) {
      outcome = Outcome.HARM;
    }
    return new Verdict(outcome, questions.size(), groups, List.of(first, fifth));
  }
}
