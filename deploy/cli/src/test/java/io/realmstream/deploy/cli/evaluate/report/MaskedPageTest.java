package io.realmstream.deploy.cli.evaluate.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.deploy.cli.evaluate.report.EvaluationReport.Questions;
import io.realmstream.deploy.cli.evaluate.report.MaskedReport.Figures;
import io.realmstream.deploy.cli.evaluate.report.MaskedReport.Utility;
import io.realmstream.schemas.answer.IndexVersion;
import java.util.List;
import org.junit.jupiter.api.Test;

class MaskedPageTest {
  private static final MaskedReport REPORT =
      new MaskedReport(
          new Questions("<s>.jsonl", "00ff", 10),
          8,
          2,
          new IndexVersion(1, "d", "q", "r", "flat-16"),
          new Figures(8, 0.75, 0.875, 0.8, 1.25),
          new Figures(8, 0.25, 0.5, 0.3, 3.5),
          List.of(new Utility(1, 8, 0.5, 0.625)));

  @Test
  void bothPassesAndTheUtilityByRankAreRows() {
    assertThat(MaskedPage.of(REPORT).lines())
        .containsExactly(
            "sentences      10 of <s>.jsonl, 2 refused; k = 8",
            "with passages  P@1 75.0  P@10 87.5  MRR 0.800  NLL 1.250 nat a mask  (8 answered)",
            "alone          P@1 25.0  P@10 50.0  MRR 0.300  NLL 3.500 nat a mask  (8 answered)",
            "RU of rank 1   mean 0.500 nat, above 0 for 62.5  (8 sentences)");
  }

  @Test
  void pageForABrowserHasTheSameNamesEveryDigestAndEscapesWhatIsForeign() {
    assertThat(MaskedHtml.of(REPORT))
        .contains("&lt;s&gt;.jsonl", "10 sentences, 2 refused; 8 candidates")
        .contains(
            "<td>passages and the sentence alone</td><td>8</td><td>75.0</td><td>87.5</td>"
                + "<td>0.800</td><td>1.250</td>")
        .contains("<td>the sentence alone</td><td>8</td><td>25.0</td>")
        .contains("<td>1</td><td>8</td><td>0.500</td><td>62.5</td>")
        .contains("00ff", "d q r")
        .doesNotContain("<script", "https:", "http:");
  }
}
