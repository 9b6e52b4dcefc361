package io.realmstream.deploy.cli.evaluate.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.deploy.cli.evaluate.report.EvaluationReport.Questions;
import io.realmstream.deploy.cli.evaluate.report.MaskedReport.Figures;
import io.realmstream.deploy.cli.evaluate.report.MaskedReport.Utility;
import java.util.List;
import org.junit.jupiter.api.Test;

class MaskedPageTest {
  @Test
  void bothPassesAndTheUtilityByRankAreRows() {
    MaskedReport report =
        new MaskedReport(
            new Questions("s.jsonl", "00ff", 10),
            8,
            2,
            null,
            new Figures(8, 0.75, 0.875, 0.8, 1.25),
            new Figures(8, 0.25, 0.5, 0.3, 3.5),
            List.of(new Utility(1, 8, 0.5, 0.625)));

    assertThat(MaskedPage.of(report).lines())
        .containsExactly(
            "sentences      10 of s.jsonl, 2 refused; k = 8",
            "with passages  P@1 75.0  P@10 87.5  MRR 0.800  NLL 1.250 nat a mask  (8 answered)",
            "alone          P@1 25.0  P@10 50.0  MRR 0.300  NLL 3.500 nat a mask  (8 answered)",
            "RU of rank 1   mean 0.500 nat, above 0 for 62.5  (8 sentences)");
  }
}
