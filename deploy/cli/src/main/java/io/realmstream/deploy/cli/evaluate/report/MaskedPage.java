package io.realmstream.deploy.cli.evaluate.report;

import io.realmstream.deploy.cli.console.Page;
import io.realmstream.deploy.cli.evaluate.report.MaskedReport.Figures;
import io.realmstream.deploy.cli.evaluate.report.MaskedReport.Utility;

/** An evaluation of masked words for people: shares in percent. */
public final class MaskedPage {
  private MaskedPage() {}

  /** The page, without a line feed at its end. */
  public static String of(MaskedReport report) {
    Page page = new Page(0, 13);
    page.entry(
        "sentences",
        "%d of %s, %d refused; k = %d",
        report.asked().questions(),
        report.asked().file(),
        report.invalid(),
        report.k());
    figures(page, "with passages", report.withPassages());
    figures(page, "alone", report.alone());
    for (Utility utility : report.utility()) {
      page.entry(
          "RU of rank " + utility.rank(),
          "mean %.3f nat, above 0 for %.1f  (%d sentences)",
          utility.mean(),
          100 * utility.positive(),
          utility.sentences());
    }
    return page.toString();
  }

  private static void figures(Page page, String name, Figures figures) {
    page.entry(
        name,
        "P@1 %.1f  P@10 %.1f  MRR %.3f  NLL %.3f nat a mask  (%d answered)",
        100 * figures.first(),
        100 * figures.firstTen(),
        figures.mrr(),
        figures.negativeLogLikelihood(),
        figures.sentences());
  }
}
