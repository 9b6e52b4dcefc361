package io.realmstream.deploy.cli.learn.spectral;

import io.realmstream.deploy.cli.console.Page;
import io.realmstream.deploy.cli.learn.corpus.VerdictLine;
import io.realmstream.deploy.cli.learn.spectral.SpectralReport.FileChange;
import io.realmstream.model.learning.gate.Comparison;

/** A spectral projection as text for people; shares are in percent. */
final class SpectralPage {
  private SpectralPage() {}

  /** The page, without a line feed at its end. */
  static String of(SpectralReport report) {
    Page page = new Page(0, 12);
    page.entry(
        "projection",
        "%s, %d dimensions, exponent %s, of %,d passages",
        report.setting().checkpoint(),
        report.setting().dimension(),
        report.setting().exponent(),
        report.setting().passages());
    page.entry("score scale", "%.1f", report.scoreScale());
    for (FileChange file : report.files()) {
      page.line("%s: %,d questions of %,d documents", file.file(), file.questions(), file.groups());
      for (Comparison each : file.comparisons()) {
        page.line("  %s", VerdictLine.of(each, 95));
      }
    }
    page.line("%s", VerdictLine.of(report.verdict()));
    return page.toString();
  }
}
