package io.realmstream.deploy.cli.evaluate.report;

import io.realmstream.deploy.cli.console.Page;
import io.realmstream.deploy.cli.evaluate.report.RobustnessReport.Counterfactual;
import io.realmstream.deploy.cli.evaluate.report.RobustnessReport.Integration;
import io.realmstream.deploy.cli.evaluate.report.RobustnessReport.Rejection;
import io.realmstream.deploy.cli.evaluate.report.RobustnessReport.Separation;
import java.util.List;
import java.util.Locale;

/** A robustness evaluation as rows of name and finding: shares in percent. */
public final class RobustnessPage {
  private RobustnessPage() {}

  /** The page for a terminal, without a line feed at its end. */
  public static String of(RobustnessReport report) {
    Page page = new Page(0, 14);
    page.entry(
        "questions",
        "%d of %s, %d left out; %d documents",
        report.asked().questions(),
        report.asked().file(),
        report.leftOut(),
        report.documents());
    rows(report).forEach(row -> page.entry(row.name(), "%s", row.finding()));
    return page.toString();
  }

  /** What was found of one ability. */
  record Row(String name, String finding) {}

  static List<Row> rows(RobustnessReport report) {
    StringBuilder noise = new StringBuilder();
    for (RobustnessReport.Noise each : report.noise()) {
      String others = each.others().toLowerCase(Locale.ROOT);
      noise.append(Page.format("%d %s: %.1f  ", each.count(), others, 100 * each.exactMatch()));
    }
    Rejection rejection = report.rejection();
    return List.of(
        new Row("noise", "EM beside other passages  " + noise.toString().strip()),
        new Row(
            "rejection",
            Page.format(
                "mean no-answer mass %.3f with the passage, %.3f once it is deleted; deleted text"
                    + " quoted %d times",
                rejection.massAnswerable(),
                rejection.massUnanswerable(),
                rejection.quotedDeleted())),
        new Row("by mass", separation("mass above", rejection.byMass())),
        new Row("by p", separation("p below", rejection.byProbability())),
        new Row("counterfactual", counterfactual(report.counterfactual())),
        new Row("integration", integration(report.integration())));
  }

  private static String separation(String rule, Separation separation) {
    return Page.format(
        "%s%s %.4f withholds %.1f of the unanswerable and keeps 95 of the right answers",
        separation.rocArea() == null ? "" : Page.format("AUC %.3f; ", separation.rocArea()),
        rule,
        separation.threshold(),
        100 * separation.rejected());
  }

  private static String counterfactual(Counterfactual found) {
    return Page.format(
        "follows the edit %.1f, still the old answer %.1f, another %.1f  (%d questions); deleted"
            + " text quoted %d times",
        100 * found.follows(),
        100 * found.old(),
        100 * found.other(),
        found.questions(),
        found.quotedDeleted());
  }

  private static String integration(Integration found) {
    return Page.format(
        "p of the right answer %.3f and %.3f from one document, %.3f from both; above either for"
            + " %.1f  (%d questions)",
        found.first(), found.second(), found.both(), 100 * found.aboveEither(), found.questions());
  }
}
