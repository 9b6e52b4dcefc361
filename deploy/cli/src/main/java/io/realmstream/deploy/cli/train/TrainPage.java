package io.realmstream.deploy.cli.train;

import io.realmstream.deploy.cli.console.Page;
import io.realmstream.deploy.cli.learn.corpus.VerdictLine;
import io.realmstream.deploy.cli.train.TrainReport.FileChange;
import io.realmstream.model.learning.gate.Comparison;
import java.util.List;

/** A training as text for people; shares are in percent. */
final class TrainPage {
  private TrainPage() {}

  /** The page, without a line feed at its end. */
  static String of(TrainReport report) {
    TrainReport.Setting setting = report.setting();
    Page page = new Page(0, 12);
    page.entry(
        "trained",
        "%s, towers %s, %,d questions, %,d passages",
        setting.checkpoint(),
        setting.towers(),
        setting.lessons(),
        setting.passages());
    page.entry(
        "steps",
        "%,d of %d, learning rate %s, seed %d, %,.0f CPU seconds",
        setting.steps(),
        setting.batch(),
        setting.learningRate(),
        setting.seed(),
        report.course().cpuSeconds());
    page.entry("loss", "%.3f -> %.3f", report.course().firstLoss(), report.course().lastLoss());
    page.entry("score scale", "%.1f", report.scoreScale());
    for (FileChange file : report.files()) {
      page.line("%s: %,d questions of %,d documents", file.file(), file.questions(), file.groups());
      if (setting.towers() == Towers.BOTH) {
        lines(page, "index frozen", file.frozen());
      }
      lines(page, "as trained", file.refreshed());
      if (setting.towers() == Towers.BOTH) {
        lines(page, "refreshed against frozen", file.gain());
      }
    }
    page.line("%s", VerdictLine.of(report.verdict()));
    return page.toString();
  }

  private static void lines(Page page, String what, List<Comparison> comparisons) {
    for (Comparison each : comparisons) {
      page.line("  %s: %s", what, VerdictLine.of(each, 95));
    }
  }
}
