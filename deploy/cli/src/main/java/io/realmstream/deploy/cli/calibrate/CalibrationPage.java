package io.realmstream.deploy.cli.calibrate;

import io.realmstream.deploy.cli.console.Page;
import io.realmstream.model.calibration.Measures;
import io.realmstream.schemas.query.AnswerThresholds;
import io.realmstream.schemas.version.ConfidenceCurve;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/** A calibration as text for people; shares are in percent. */
final class CalibrationPage {
  private final Page page = new Page(0, 12);

  private CalibrationPage() {}

  /** The page, without a line feed at its end. */
  static String of(CalibrationReport report) {
    CalibrationPage page = new CalibrationPage();
    page.fitted(report);
    page.measures(report.measures());
    page.withheld(report);
    page.page.line("");
    page.page.line(
        "%s: publish it with `realm publish-checkpoint %s`", report.manifest(), report.manifest());
    return page.page.toString();
  }

  private void fitted(CalibrationReport report) {
    page.entry(
        "questions",
        "%d of %s, passages of version %d",
        report.source().questions(),
        report.source().file(),
        report.version());
    page.entry(
        "score scale", "%s, was %s", report.fitted().scoreScale(), report.before().scoreScale());
    page.entry(
        "temperature",
        "%s, was %s",
        report.fitted().readerTemperature(),
        report.before().readerTemperature());
    page.entry("thresholds", "%s", words(report.rules().thresholds()));
    page.entry("confidence", "%s", curve(report.rules().confidence()));
  }

  private static String curve(ConfidenceCurve curve) {
    return DoubleStream.of(0.1, 0.3, 0.5, 0.7, 0.9)
        .mapToObj(r -> Page.format("%.2f of r = %.1f", curve.at(r, 0), r))
        .collect(Collectors.joining(", "));
  }

  private static String words(AnswerThresholds thresholds) {
    List<String> words = new ArrayList<>();
    if (thresholds.noAnswerMassMax() != null) {
      words.add("no-answer mass at most " + thresholds.noAnswerMassMax());
    }
    if (thresholds.probabilityMin() != null) {
      words.add("p at least " + thresholds.probabilityMin());
    }
    return words.isEmpty() ? "none" : String.join(", ", words);
  }

  private void measures(CalibrationReport.Compared measures) {
    page.line("");
    page.line(
        "%-12s  %8s  %8s  %8s  %8s  %8s  %8s",
        "", "answers", "right", "ECE", "log loss", "AUC", "AURC");
    measures("before", measures.before());
    measures("fitted", measures.fitted());
    measures("held out", measures.heldOut());
  }

  private void measures(String name, Measures measures) {
    page.line(
        "%-12s  %8d  %8.1f  %8.3f  %8.3f  %8s  %8.3f",
        name,
        measures.answers(),
        100 * measures.right(),
        measures.calibrationError(),
        measures.logLoss(),
        measures.rocArea() == null ? "none" : Page.format("%.3f", measures.rocArea()),
        measures.riskCoverageArea());
  }

  private void withheld(CalibrationReport report) {
    if (!report.rules().thresholds().equals(AnswerThresholds.NONE)) {
      page.line("");
      page.line(
          "Of questions held out the thresholds keep %.1f of the right answers and withhold %.1f of"
              + " the wrong ones.",
          100 * report.withheld().rightKept(), 100 * report.withheld().wrongWithheld());
    }
  }
}
