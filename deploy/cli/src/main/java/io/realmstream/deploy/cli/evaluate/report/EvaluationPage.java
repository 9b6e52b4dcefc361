package io.realmstream.deploy.cli.evaluate.report;

import io.realmstream.deploy.cli.console.Page;
import io.realmstream.deploy.cli.evaluate.report.EvaluationReport.Confidence;
import io.realmstream.deploy.cli.evaluate.report.EvaluationReport.Pass;
import io.realmstream.deploy.cli.evaluate.report.EvaluationReport.Percentiles;
import io.realmstream.deploy.cli.evaluate.report.EvaluationReport.Reading;
import io.realmstream.deploy.cli.evaluate.report.EvaluationReport.Retrieval;
import io.realmstream.deploy.cli.evaluate.report.EvaluationReport.Unanswerable;
import io.realmstream.schemas.answer.IndexVersion;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An evaluation for people: shares in percent, times in milliseconds. */
public final class EvaluationPage {
  private final Page page = new Page(0, 12);

  private EvaluationPage() {}

  /** The page, without a line feed at its end. */
  public static String of(EvaluationReport report) {
    EvaluationPage page = new EvaluationPage();
    page.page.entry("questions", "%d of %s", report.asked().questions(), report.asked().file());
    report.versions().forEach(page::version);
    page.reading(report.reading());
    page.retrieval("by passage", report.byPassage());
    page.retrieval("by answer", report.byAnswer());
    report.passes().forEach(page::pass);
    return page.page.toString();
  }

  private void version(IndexVersion version) {
    page.entry(
        "version",
        "%d  document tower %s, query tower %s, reader %s, partition %s",
        version.number(),
        version.documentTower(),
        version.queryTower(),
        version.reader(),
        version.partition());
  }

  private void reading(@Nullable Reading reading) {
    if (reading == null) {
      return;
    }
    page.entry(
        "answers",
        "EM %.1f  F1 %.1f  no answer %.1f  (%d questions%s)",
        100 * reading.exactMatch(),
        100 * reading.f1(),
        100 * reading.noAnswer(),
        reading.questions(),
        reading.noAnswerMass() == null
            ? ""
            : Page.format(", mean no-answer mass %.3f", reading.noAnswerMass()));
    Unanswerable unanswerable = reading.unanswerable();
    if (unanswerable != null) {
      page.entry(
          "",
          "no answer is right: said of %.1f  (%d of these questions)",
          100 * unanswerable.noAnswer(),
          unanswerable.questions());
    }
    confidence(reading.confidence());
  }

  private void confidence(@Nullable Confidence confidence) {
    if (confidence == null) {
      return;
    }
    page.entry(
        "confidence",
        "ECE %.3f%s  AURC %.3f  (%d answers with a probability%s)",
        confidence.reliability().calibrationError(),
        confidence.rocArea() == null ? "" : Page.format("  AUC %.3f", confidence.rocArea()),
        confidence.riskCoverage().area(),
        confidence.answers(),
        confidence.unreadMass() == 0
            ? ""
            : Page.format(
                ", which on average may be larger by %.3f: --reading all",
                confidence.unreadMass()));
  }

  private void retrieval(String name, @Nullable Retrieval retrieval) {
    if (retrieval == null) {
      return;
    }
    String recall =
        retrieval.recall().entrySet().stream()
            .map(e -> Page.format("@%d %.1f", e.getKey(), 100 * e.getValue()))
            .collect(Collectors.joining("  "));
    page.entry(
        name,
        "recall %s  MRR %.3f  (%d questions)",
        recall,
        retrieval.mrr(),
        retrieval.questions());
  }

  private void pass(Pass pass) {
    page.line("");
    page.line(
        "%s, k = %d, %d in flight: %.1f answers/s%s; %s%s%s%s%s",
        pass.asked().kind(),
        pass.asked().k(),
        pass.asked().inFlight(),
        pass.answersPerSecond(),
        pass.passagesRead() == null
            ? ""
            : Page.format(", %.2f passages read each", pass.passagesRead()),
        pass.statuses().entrySet().stream()
            .map(e -> e.getKey() + " " + e.getValue())
            .collect(Collectors.joining(", ")),
        some(pass.silent(), "without reply"),
        some(pass.shortfalls().approximate(), "not exact"),
        some(pass.shortfalls().partial(), "partial"),
        some(pass.shortfalls().incomplete(), "of an incomplete index"));
    page.line("  %-18s %9s %9s %9s %9s %9s", "ms", "mean", "p50", "p90", "p99", "max");
    for (Map.Entry<String, Percentiles> stage : pass.latencyMs().entrySet()) {
      Percentiles times = stage.getValue();
      page.line(
          "  %-18s %9.1f %9.1f %9.1f %9.1f %9.1f",
          stage.getKey(), times.mean(), times.p50(), times.p90(), times.p99(), times.max());
    }
  }

  private static String some(int count, String what) {
    return count == 0 ? "" : ", " + count + " " + what;
  }
}
