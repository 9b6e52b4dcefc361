package io.realmstream.model.learning.gate;

import io.realmstream.model.learning.gate.Verdict.Outcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a candidate takes the place of the version in force. It does if recall@1 on
 * held-out documents rises for certain, and recall@5 does not fall by more than a point. Neither
 * may fall by more than a point on one file of questions, whatever the others gain. All this at the
 * lower bound of a 90 % interval, drawn by document.
 */
public final class Gate {
  /** Questions on fewer documents say little, however many they are. */
  public static final int GROUPS_MIN = 20;

  private static final double LEVEL = 0.9;
  private static final double FALL_MAX = 0.01;

  private Gate() {}

  /** The questions of one file. */
  public record Asked(String file, List<JudgedQuestion> questions) {}

  /**
   * Judges a candidate.
   *
   * @param files with questions on documents that it did not learn from
   */
  public static Verdict judge(List<Asked> files, long seed) {
    return judge(files.stream().flatMap(file -> file.questions().stream()).toList(), files, seed);
  }

  /**
   * Judges a candidate by some questions alone.
   *
   * @param decisive what is to rise for certain
   * @param others what may not fall by more than a point
   */
  public static Verdict judge(Asked decisive, List<Asked> others, long seed) {
    return judge(decisive.questions(), others, seed);
  }

  private static Verdict judge(List<JudgedQuestion> all, List<Asked> files, long seed) {
    int groups = groups(all);
    if (groups < GROUPS_MIN) {
      return new Verdict(Outcome.TOO_FEW, all.size(), groups, List.of(), null);
    }
    Comparison first = Comparison.of(all, 1, LEVEL, seed);
    Comparison fifth = Comparison.of(all, 5, LEVEL, seed);
    String harmed = harmed(files, seed);
    Outcome outcome = Outcome.PUBLISHED;
    if (first.change().lower() <= 0) {
      outcome = Outcome.NO_GAIN;
    } else if (mayFall(fifth) || harmed != null) {
      outcome = Outcome.HARM;
    }
    return new Verdict(outcome, all.size(), groups, List.of(first, fifth), harmed);
  }

  private static @Nullable String harmed(List<Asked> files, long seed) {
    for (Asked file : files) {
      List<JudgedQuestion> questions = file.questions();
      if (groups(questions) >= GROUPS_MIN
          && (mayFall(Comparison.of(questions, 1, LEVEL, seed))
              || mayFall(Comparison.of(questions, 5, LEVEL, seed)))) {
        return file.file();
      }
    }
    return null;
  }

  private static boolean mayFall(Comparison comparison) {
    return comparison.change().lower() < -FALL_MAX;
  }

  private static int groups(List<JudgedQuestion> questions) {
    return (int) questions.stream().map(JudgedQuestion::group).distinct().count();
  }
}
