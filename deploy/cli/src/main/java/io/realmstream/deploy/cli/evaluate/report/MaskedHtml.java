package io.realmstream.deploy.cli.evaluate.report;

import io.realmstream.deploy.cli.console.Page;
import io.realmstream.deploy.cli.evaluate.report.MaskedReport.Figures;
import io.realmstream.deploy.cli.evaluate.report.MaskedReport.Utility;

/** An evaluation of masked words as a page for a browser, which needs no network. */
public final class MaskedHtml {
  private MaskedHtml() {}

  /** The document. */
  public static String of(MaskedReport report) {
    Html html = Html.document("Masked words", Style.TEXT);
    html.open("h1").text("Masked words: ").foreign(report.asked().file()).close();
    html.element(
        "p",
        Page.format(
            "%,d sentences, %,d refused; %d candidates, one of which is the null document. Shares"
                + " are in percent.",
            report.asked().questions(), report.invalid(), report.k()));
    html.element("h2", "Words");
    row(html.open("table"), "th", "read", "sentences", "P@1", "P@10", "MRR", "nat a mask");
    figures(html, "passages and the sentence alone", report.withPassages());
    figures(html, "the sentence alone", report.alone());
    html.close();
    html.element("h2", "Retrieval utility of the accepted words");
    row(html.open("table"), "th", "rank of the passage", "sentences", "mean, nat", "above 0");
    for (Utility utility : report.utility()) {
      row(
          html,
          "td",
          "" + utility.rank(),
          "" + utility.sentences(),
          Page.format("%.3f", utility.mean()),
          percent(utility.positive()));
    }
    html.close();
    RobustnessHtml.digests(html, report.asked(), report.version());
    return html.end();
  }

  private static void figures(Html html, String name, Figures figures) {
    row(
        html,
        "td",
        name,
        "" + figures.sentences(),
        percent(figures.first()),
        percent(figures.firstTen()),
        Page.format("%.3f", figures.mrr()),
        Page.format("%.3f", figures.negativeLogLikelihood()));
  }

  private static void row(Html html, String element, String... cells) {
    html.open("tr");
    for (String cell : cells) {
      html.element(element, cell);
    }
    html.close();
  }

  private static String percent(double share) {
    return Page.format("%.1f", 100 * share);
  }
}
