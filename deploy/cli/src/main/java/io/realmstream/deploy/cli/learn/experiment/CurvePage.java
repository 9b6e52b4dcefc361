package io.realmstream.deploy.cli.learn.experiment;

import io.realmstream.deploy.cli.console.Page;
import io.realmstream.deploy.cli.learn.corpus.FileRecall;
import io.realmstream.deploy.cli.learn.corpus.VerdictLine;
import io.realmstream.deploy.cli.learn.experiment.ExperimentReport.ArmCurve;
import io.realmstream.deploy.cli.learn.experiment.ExperimentReport.Difference;
import io.realmstream.deploy.cli.learn.experiment.ExperimentReport.Point;
import io.realmstream.deploy.cli.learn.experiment.ExperimentReport.Setting;

/** An experiment as text for people; shares are in percent. */
final class CurvePage {
  private final Page page = new Page(0, 12);

  private CurvePage() {}

  /** The page, without a line feed at its end. */
  static String of(ExperimentReport report) {
    CurvePage page = new CurvePage();
    page.setting(report.setting());
    report.curves().forEach(page::curve);
    page.differences(report);
    return page.page.toString();
  }

  private void setting(Setting setting) {
    page.entry(
        "start",
        "%s, %s, %d dimensions",
        setting.start(),
        setting.checkpoint(),
        setting.dimension());
    page.entry(
        "learned from",
        "%,d queries on %,d passages, %,d steps of %d",
        setting.pairs(),
        setting.passages(),
        setting.steps(),
        setting.batch());
  }

  private void curve(ArmCurve curve) {
    page.line("");
    page.line("arm %s, seed %d", curve.arm(), curve.seed());
    page.line("%8s  %6s  %6s  %s", "step", "CPU s", "loss", "recall@1/@5");
    curve.points().forEach(point -> point("", point));
    point("end", curve.end());
    page.line("%s", VerdictLine.of(curve.verdict()));
  }

  private void point(String name, Point point) {
    StringBuilder recall = new StringBuilder();
    for (FileRecall each : point.recall()) {
      recall.append(Page.format("%s %.1f/%.1f  ", each.file(), 100 * each.at1(), 100 * each.at5()));
    }
    page.line(
        "%8s  %6.1f  %6.3f  %s",
        name.isEmpty() ? Integer.toString(point.step()) : name,
        point.cpuSeconds(),
        point.loss(),
        recall.toString().strip());
  }

  private void differences(ExperimentReport report) {
    if (report.differences().isEmpty()) {
      return;
    }
    page.line("");
    page.line(
        "recall@1 above the frozen arm, all seeds, bounds of 95 %%; end: refreshed once more");
    for (Difference each : report.differences()) {
      page.line(
          "%8s  %6s  %s  %+.1f (%+.1f to %+.1f)",
          each.arm(),
          each.when(),
          each.file(),
          100 * each.at1().difference(),
          100 * each.at1().lower(),
          100 * each.at1().upper());
    }
  }
}
