package io.realmstream.deploy.cli.calibrate;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.deploy.json.Json;
import io.realmstream.model.calibration.Measures;
import io.realmstream.model.calibration.Withheld;
import io.realmstream.model.marginal.Scaling;
import io.realmstream.schemas.query.AnswerThresholds;
import io.realmstream.schemas.version.ConfidenceCurve;
import org.junit.jupiter.api.Test;

class CalibrationPageTest {
  private static final Measures BEFORE = new Measures(300, 0.6, 0.7, 0.2, 0.3, 0.75);
  private static final Measures AFTER = new Measures(299, 0.61, 0.5, 0.03, 0.2, null);

  @Test
  void figuresStandBelowEachOther() {
    assertThat(CalibrationPage.of(report(new AnswerThresholds(0.75, 0.125))).lines())
        .containsExactly(
            "questions     300 of q.jsonl, passages of version 2",
            "score scale   25.5, was 60.0",
            "temperature   2.5, was 1.0",
            "thresholds    no-answer mass at most 0.75, p at least 0.125",
            "confidence    0.10 of r = 0.1, 0.30 of r = 0.3, 0.50 of r = 0.5, 0.70 of r = 0.7, 0.90"
                + " of r = 0.9",
            "",
            "               answers     right       ECE  log loss       AUC      AURC",
            "before             300      60.0     0.200     0.700     0.750     0.300",
            "fitted             299      61.0     0.030     0.500      none     0.200",
            "held out           299      61.0     0.030     0.500      none     0.200",
            "",
            "Of questions held out the thresholds keep 94.5 of the right answers and withhold 50.0 of"
                + " the wrong ones.",
            "",
            "out.json: publish it with `realm publish-checkpoint out.json`");
  }

  @Test
  void withoutThresholdsNothingIsSaidOfThem() {
    assertThat(CalibrationPage.of(report(AnswerThresholds.NONE)))
        .contains("thresholds    none")
        .doesNotContain("withhold");
  }

  @Test
  void jsonHasItsSourceFlat() {
    assertThat(Json.line(report(new AnswerThresholds(null, 0.125))))
        .startsWith("{\"file\":\"q.jsonl\",\"sha256\":\"00ff\",\"questions\":300,\"version\":2,")
        .contains("\"fitted\":{\"scoreScale\":25.5,\"readerTemperature\":2.5}")
        .contains("\"probabilityMin\":0.125");
  }

  private static CalibrationReport report(AnswerThresholds thresholds) {
    return new CalibrationReport(
        new CalibrationReport.Source("q.jsonl", "00ff", 300),
        2,
        new Scaling(60, 1),
        new Scaling(25.5, 2.5),
        new CalibrationReport.Rules(thresholds, new ConfidenceCurve(1, 0)),
        new CalibrationReport.Compared(BEFORE, AFTER, AFTER),
        new Withheld(0.945, 0.5),
        "out.json");
  }
}
