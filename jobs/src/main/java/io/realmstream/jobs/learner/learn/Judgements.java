package io.realmstream.jobs.learner.learn;

import io.realmstream.model.learning.gate.Comparison;
import io.realmstream.model.learning.gate.Verdict;
import io.realmstream.schemas.learning.LearningJudgement;
import io.realmstream.schemas.learning.RecallChange;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the gate and the guard say, as a record of the topic and in words. */
final class Judgements {
  private static final double PERCENT = 100;

  private Judgements() {}

  /**
   * As a record.
   *
   * @param feedback how many of the questions are feedback
   */
  static LearningJudgement of(Verdict verdict, int feedback) {
    return new LearningJudgement(
        verdict.questions(), verdict.groups(), feedback, change(verdict, 0), change(verdict, 1));
  }

  /** Recall@1 of both versions in percent, with the bounds of the change. */
  static String inWords(Verdict verdict) {
    Comparison first = verdict.comparisons().get(0);
    return String.format(
        Locale.ROOT,
        "recall@1 %.1f -> %.1f (90 %%: %+.1f to %+.1f)",
        PERCENT * first.before(),
        PERCENT * first.after(),
        PERCENT * first.change().lower(),
        PERCENT * first.change().upper());
  }

  private static @Nullable RecallChange change(Verdict verdict, int place) {
    if (verdict.comparisons().isEmpty()) {
      return null;
    }
    Comparison comparison = verdict.comparisons().get(place);
    return new RecallChange(
        comparison.before(),
        comparison.after(),
        comparison.change().lower(),
        comparison.change().upper());
  }
}
