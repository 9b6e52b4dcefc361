package io.realmstream.deploy.cli.evaluate.report;

import io.realmstream.deploy.cli.console.Page;
import io.realmstream.deploy.cli.evaluate.report.EvaluationReport.Questions;
import io.realmstream.schemas.answer.IndexVersion;
import org.jspecify.annotations.Nullable;

/** A robustness evaluation as a page for a browser, which needs no network. */
public final class RobustnessHtml {
  private RobustnessHtml() {}

  /** The document. */
  public static String of(RobustnessReport report) {
    Html html = Html.document("Robustness", Style.TEXT);
    html.open("h1").text("Robustness: ").foreign(report.asked().file()).close();
    html.element(
        "p",
        Page.format(
            "%,d questions, %,d left out; %,d documents. Shares are in percent.",
            report.asked().questions(), report.leftOut(), report.documents()));
    html.element("h2", "Noise");
    html.open("table");
    html.open("tr").element("th", "other passages").element("th", "count");
    html.element("th", "exact match").close();
    for (RobustnessReport.Noise noise : report.noise()) {
      html.open("tr").element("td", noise.others()).element("td", "" + noise.count());
      html.element("td", Page.format("%.1f", 100 * noise.exactMatch())).close();
    }
    html.close();
    html.element("h2", "Edits");
    html.open("table");
    for (RobustnessPage.Row row : RobustnessPage.rows(report)) {
      if (!row.name().equals("noise")) {
        html.open("tr").element("td", row.name()).element("td", row.finding()).close();
      }
    }
    html.close();
    digests(html, report.asked(), report.version());
    return html.end();
  }

  /** Names file and models by their digests. */
  static void digests(Html html, Questions asked, @Nullable IndexVersion version) {
    html.open("p", "class", "note").text("SHA-256 of the questions: ");
    html.element("code", asked.sha256()).close();
    if (version != null) {
      html.open("p", "class", "note").text("Document tower, query tower, reader: ");
      html.element(
              "code",
              String.join(" ", version.documentTower(), version.queryTower(), version.reader()))
          .close();
    }
  }
}
