package io.realmstream.deploy.cli.evaluate.report;

import io.realmstream.deploy.cli.console.Page;
import io.realmstream.deploy.cli.evaluate.report.EvaluationReport.Confidence;
import io.realmstream.deploy.cli.evaluate.report.EvaluationReport.Pass;
import io.realmstream.deploy.cli.evaluate.report.EvaluationReport.Percentiles;
import io.realmstream.deploy.cli.evaluate.report.EvaluationReport.Reading;
import io.realmstream.deploy.cli.evaluate.report.EvaluationReport.Retrieval;
import io.realmstream.model.evaluation.Reliability;
import io.realmstream.schemas.answer.IndexVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An evaluation as a page for a browser: figures, charts, wrong answers. It needs no network. */
public final class HtmlReport {
  public static final String NAME = WrongAnswers.FIRST;

  private final EvaluationReport report;
  private final WrongAnswers wrong;
  private final Html html;

  private HtmlReport(EvaluationReport report, WrongAnswers wrong) {
    this.report = report;
    this.wrong = wrong;
    html = Html.document("Evaluation of " + report.asked().file(), Style.TEXT);
  }

  /** Writes {@value #NAME} into the folder that has the pages of wrong answers. */
  public static void write(Path folder, EvaluationReport report, WrongAnswers wrong)
      throws IOException {
    Files.writeString(folder.resolve(NAME), of(report, wrong));
  }

  static String of(EvaluationReport report, WrongAnswers wrong) {
    HtmlReport page = new HtmlReport(report, wrong);
    page.head();
    page.figures();
    page.charts();
    page.reliability();
    report.passes().forEach(page::pass);
    page.digests();
    page.wrong();
    return page.html.end();
  }

  private void head() {
    html.open("h1").text("Evaluation of ").foreign(report.asked().file()).close();
    html.element(
        "p",
        Page.format(
            "%,d questions, %s, realm %s", report.asked().questions(), report.at(), report.realm()),
        "class",
        "note");
    html.open("nav");
    html.element("a", "What answered", "href", "#answered").text(" · ");
    html.element("a", Page.format("%,d wrong answers", wrong.total()), "href", "#wrong").close();
  }

  private void figures() {
    html.open("div", "class", "figures");
    Reading reading = report.reading();
    if (reading != null) {
      figure("exact match", Page.format("%.1f %%", 100 * reading.exactMatch()));
      figure("F1", Page.format("%.1f %%", 100 * reading.f1()));
      figure("no answer", Page.format("%.1f %%", 100 * reading.noAnswer()));
      Confidence confidence = reading.confidence();
      if (confidence != null) {
        figure(
            "expected calibration error",
            Page.format("%.3f", confidence.reliability().calibrationError()));
        figure("area under risk-coverage", Page.format("%.3f", confidence.riskCoverage().area()));
        if (confidence.rocArea() != null) {
          figure("AUC, right against p", Page.format("%.3f", confidence.rocArea()));
        }
      }
    }
    mrr("MRR by document", report.byPassage());
    mrr("MRR by answer", report.byAnswer());
    html.close();
  }

  private void mrr(String name, @Nullable Retrieval retrieval) {
    if (retrieval != null) {
      figure(name, Page.format("%.3f", retrieval.mrr()));
    }
  }

  private void figure(String name, String value) {
    html.open("div").element("b", value).text(name).close();
  }

  private void charts() {
    html.open("div", "class", "charts");
    Confidence confidence = report.reading() == null ? null : report.reading().confidence();
    if (confidence != null) {
      chart("Reliability", Charts.reliability(confidence.reliability()));
      chart("Risk and coverage", Charts.riskCoverage(confidence.riskCoverage()));
    }
    if (report.byPassage() != null || report.byAnswer() != null) {
      chart("Recall by k", Charts.recall(report.byPassage(), report.byAnswer()));
    }
    for (Pass pass : report.passes()) {
      if (!pass.latencyMs().isEmpty()) {
        chart("Latency, " + pass.asked().kind(), Charts.latency(pass));
      }
    }
    html.close();
    if (confidence != null && confidence.unreadMass() > 0) {
      html.element(
          "p",
          Page.format(
              "Probabilities are lower bounds: on average they may be larger by %.3f, since reading"
                  + " stopped when the answer was certain. --reading all gives exact ones.",
              confidence.unreadMass()),
          "class",
          "note");
    }
  }

  private void chart(String name, String address) {
    html.open("figure").element("figcaption", name);
    html.empty(
            "img",
            "src",
            address,
            "alt",
            name + ": the values are in the tables and in report.json",
            "width",
            Integer.toString(Charts.WIDTH),
            "height",
            Integer.toString(Charts.HEIGHT))
        .close();
  }

  private void reliability() {
    Confidence confidence = report.reading() == null ? null : report.reading().confidence();
    if (confidence == null) {
      return;
    }
    html.element("h2", "Reliability");
    html.open("table");
    row("th", "probability", "answers", "mean probability", "right");
    for (Reliability.Bin bin : confidence.reliability().bins()) {
      row(
          "td",
          Page.format("%.1f to %.1f", bin.from(), bin.to()),
          Page.format("%,d", bin.count()),
          Page.format("%.3f", bin.probability()),
          Page.format("%.1f %%", 100 * bin.right()));
    }
    html.close();
  }

  private void pass(Pass pass) {
    html.element("h2", Page.format("Asked for %s, k = %d", pass.asked().kind(), pass.asked().k()));
    html.element(
        "p",
        Page.format(
                "%.1f answers/s with %d in flight",
                pass.answersPerSecond(), pass.asked().inFlight())
            + (pass.passagesRead() == null
                ? ""
                : Page.format(", %.2f passages read each", pass.passagesRead()))
            + "; "
            + pass.statuses().entrySet().stream()
                .map(e -> Page.format("%s %,d", e.getKey(), e.getValue()))
                .collect(Collectors.joining(", "))
            + Page.format(
                "; without reply %d, not exact %d, partial %d, of an incomplete index %d",
                pass.silent(),
                pass.shortfalls().approximate(),
                pass.shortfalls().partial(),
                pass.shortfalls().incomplete()));
    html.open("table");
    row("th", "ms", "mean", "p50", "p90", "p99", "max");
    for (Map.Entry<String, Percentiles> stage : pass.latencyMs().entrySet()) {
      Percentiles ms = stage.getValue();
      row(
          "td",
          stage.getKey(),
          ms(ms.mean()),
          ms(ms.p50()),
          ms(ms.p90()),
          ms(ms.p99()),
          ms(ms.max()));
    }
    html.close();
  }

  private static String ms(double value) {
    return Page.format("%.1f", value);
  }

  private void digests() {
    html.element("h2", "What answered", "id", "answered");
    html.open("table");
    row("th", "version", "document tower", "query tower", "reader", "partition");
    for (IndexVersion version : report.versions()) {
      html.open("tr").element("td", Integer.toString(version.number()));
      digest(version.documentTower());
      digest(version.queryTower());
      digest(version.reader());
      digest(version.partition());
      html.close();
    }
    html.close();
    html.open("p", "class", "note").text("SHA-256 of the questions: ");
    html.element("code", report.asked().sha256()).close();
  }

  private void digest(String digest) {
    html.element("td", digest, "class", "digest");
  }

  private void wrong() {
    html.element("h2", Page.format("%,d wrong answers", wrong.total()), "id", "wrong");
    if (wrong.pages() > 0) {
      html.element(
          "p",
          Page.format(
              "Below are the %d that were the surest. All of them, in the order of the questions:",
              WrongAnswers.PAGE));
      html.open("nav");
      for (int page = 1; page <= wrong.pages(); page++) {
        html.element("a", Integer.toString(page), "href", WrongAnswers.name(page)).text(" ");
      }
      html.close();
    } else if (wrong.total() > 1) {
      html.element("p", "The surest first.", "class", "note");
    }
    wrong.surest().forEach(answer -> answer.write(html));
  }

  private void row(String cell, String... values) {
    html.open("tr");
    for (String value : values) {
      html.element(cell, value);
    }
    html.close();
  }
}
