package io.realmstream.deploy.cli.calibrate;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.realmstream.model.calibration.Measures;
import io.realmstream.model.calibration.Withheld;
import io.realmstream.model.marginal.Scaling;
import io.realmstream.schemas.query.AnswerThresholds;
import io.realmstream.schemas.version.ConfidenceCurve;

/**
 * What was fitted, and how good it is; its fields are those of the JSON. Shares are between 0 and
 * 1.
 *
 * @param version number of the version that found the passages
 * @param before scaling of that version
 * @param measures of the answers' probabilities before, of their confidence after
 * @param withheld what the thresholds withhold, on questions that they were not fitted on
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record CalibrationReport(
    @JsonUnwrapped Source source,
    int version,
    Scaling before,
    Scaling fitted,
    @JsonUnwrapped Rules rules,
    Compared measures,
    Withheld withheld,
    String manifest) {

  /**
   * @param sha256 of the file, 64 hexadecimal digits
   * @param questions how many were fitted on
   */
  record Source(String file, String sha256, int questions) {}

  /**
   * What becomes of p(y|x).
   *
   * @param confidence how often answers are right
   */
  record Rules(AnswerThresholds thresholds, ConfidenceCurve confidence) {}

  /**
   * @param fitted on the questions of the fit themselves
   * @param heldOut on questions that were not fitted on
   */
  record Compared(Measures before, Measures fitted, Measures heldOut) {}
}
