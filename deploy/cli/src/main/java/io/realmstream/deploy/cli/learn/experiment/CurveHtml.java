package io.realmstream.deploy.cli.learn.experiment;

import io.realmstream.deploy.cli.console.Page;
import io.realmstream.deploy.cli.evaluate.report.Charts;
import io.realmstream.deploy.cli.evaluate.report.Html;
import io.realmstream.deploy.cli.evaluate.report.Style;
import io.realmstream.deploy.cli.learn.corpus.FileRecall;
import io.realmstream.deploy.cli.learn.corpus.VerdictLine;
import io.realmstream.deploy.cli.learn.experiment.ExperimentReport.ArmCurve;
import io.realmstream.deploy.cli.learn.experiment.ExperimentReport.Difference;
import io.realmstream.deploy.cli.learn.experiment.ExperimentReport.Point;
import io.realmstream.deploy.cli.learn.experiment.ExperimentReport.Setting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** An experiment as a page for a browser: a curve of each arm, and tables. It needs no network. */
final class CurveHtml {
  static final String NAME = "report.html";

  private final ExperimentReport report;
  private final Html html;

  private CurveHtml(ExperimentReport report) {
    this.report = report;
    html = Html.document("Learning from a " + report.setting().start() + " start", Style.TEXT);
  }

  static String of(ExperimentReport report) {
    CurveHtml page = new CurveHtml(report);
    page.head();
    page.charts();
    page.table();
    page.verdicts();
    page.differences();
    return page.html.end();
  }

  private void head() {
    Setting setting = report.setting();
    html.element("h1", "Learning from a " + setting.start() + " start");
    html.element(
        "p",
        Page.format(
            "%s, %d dimensions, %,d queries on %,d passages, %,d steps of %d",
            setting.checkpoint(),
            setting.dimension(),
            setting.pairs(),
            setting.passages(),
            setting.steps(),
            setting.batch()),
        "class",
        "note");
  }

  private void charts() {
    html.open("div", "class", "charts");
    List<FileRecall> files = report.curves().get(0).end().recall();
    for (int i = 0; i < files.size(); i++) {
      int file = i;
      chart("recall@1, " + files.get(i).file(), point -> point.recall().get(file).at1());
      chart("recall@5, " + files.get(i).file(), point -> point.recall().get(file).at5());
    }
    html.close();
  }

  /** Means over seeds. */
  private void chart(String name, ToDoubleFunction<Point> value) {
    Map<String, List<ArmCurve>> arms = new LinkedHashMap<>();
    for (ArmCurve curve : report.curves()) {
      arms.computeIfAbsent(curve.arm(), arm -> new ArrayList<>()).add(curve);
    }
    Map<String, Map<Integer, Double>> lines = new LinkedHashMap<>();
    arms.forEach(
        (arm, curves) -> {
          Map<Integer, Double> line = new TreeMap<>();
          for (int i = 0; i < curves.get(0).points().size(); i++) {
            int at = i;
            line.put(
                curves.get(0).points().get(i).step(),
                curves.stream()
                    .mapToDouble(curve -> value.applyAsDouble(curve.points().get(at)))
                    .average()
                    .orElse(0));
          }
          lines.put(arm, line);
        });
    html.open("figure").element("figcaption", name);
    html.empty(
            "img",
            "src",
            Charts.curves("steps", name, lines),
            "alt",
            name + ": the values are in the table and in report.json",
            "width",
            Integer.toString(Charts.WIDTH),
            "height",
            Integer.toString(Charts.HEIGHT))
        .close();
  }

  private void table() {
    html.element("h2", "Curves");
    html.open("table");
    List<String> head = new ArrayList<>(List.of("arm", "seed", "step", "CPU s", "loss"));
    report.curves().get(0).end().recall().forEach(file -> head.add(file.file() + " @1, @5"));
    row("th", head);
    for (ArmCurve curve : report.curves()) {
      curve.points().forEach(point -> point(curve, Integer.toString(point.step()), point));
      point(curve, "end, refreshed", curve.end());
    }
    html.close();
  }

  private void point(ArmCurve curve, String step, Point point) {
    List<String> cells =
        new ArrayList<>(List.of(curve.arm(), Integer.toString(curve.seed()), step));
    cells.add(Page.format("%.1f", point.cpuSeconds()));
    cells.add(Page.format("%.3f", point.loss()));
    for (FileRecall each : point.recall()) {
      cells.add(Page.format("%.1f, %.1f", 100 * each.at1(), 100 * each.at5()));
    }
    row("td", cells);
  }

  private void verdicts() {
    html.element("h2", "What the gate says of the end");
    for (ArmCurve curve : report.curves()) {
      html.element(
          "p",
          "arm %s, seed %d: ".formatted(curve.arm(), curve.seed())
              + VerdictLine.of(curve.verdict()));
    }
  }

  private void differences() {
    if (report.differences().isEmpty()) {
      return;
    }
    html.element("h2", "Recall@1 above the frozen arm");
    html.element("p", "All seeds; bounds of 95 %, drawn by document.", "class", "note");
    html.open("table");
    row("th", List.of("arm", "step", "questions", "difference", "from", "to"));
    for (Difference each : report.differences()) {
      row(
          "td",
          List.of(
              each.arm(),
              each.when(),
              each.file(),
              Page.format("%+.1f", 100 * each.at1().difference()),
              Page.format("%+.1f", 100 * each.at1().lower()),
              Page.format("%+.1f", 100 * each.at1().upper())));
    }
    html.close();
  }

  private void row(String cell, List<String> values) {
    html.open("tr");
    values.forEach(value -> html.element(cell, value));
    html.close();
  }
}
