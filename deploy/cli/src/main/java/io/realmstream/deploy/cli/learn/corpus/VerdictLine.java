package io.realmstream.deploy.cli.learn.corpus;

import io.realmstream.deploy.cli.console.Page;
import io.realmstream.model.learning.gate.Comparison;
import io.realmstream.model.learning.gate.Verdict;

/** A gate's decision in one line for people; shares are in percent. */
public final class VerdictLine {
  private VerdictLine() {}

  /** The line. */
  public static String of(Verdict verdict) {
    StringBuilder line = new StringBuilder("gate: ");
    line.append(
        verdict.outcome() == Verdict.Outcome.PUBLISHED
            ? "may be published"
            : "REFUSED, " + verdict.outcome());
    if (verdict.harmed() != null) {
      line.append(Page.format("; %s may fall by more than a point", verdict.harmed()));
    }
    line.append(
        Page.format("; %,d questions of %,d documents", verdict.questions(), verdict.groups()));
    for (Comparison each : verdict.comparisons()) {
      line.append("; ").append(of(each, 90));
    }
    return line.toString();
  }

  /** Recall before and after, with the bounds of the difference. */
  public static String of(Comparison comparison, int level) {
    return Page.format(
        "recall@%d %.1f -> %.1f, %+.1f (%d %%: %+.1f to %+.1f)",
        comparison.cut(),
        100 * comparison.before(),
        100 * comparison.after(),
        100 * comparison.change().difference(),
        level,
        100 * comparison.change().lower(),
        100 * comparison.change().upper());
  }
}
