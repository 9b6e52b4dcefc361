package io.realmstream.schemas.version;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.realmstream.schemas.query.AnswerThresholds;
import org.jspecify.annotations.Nullable;

/**
 * What was fitted on questions whose answers are known, besides the score scale.
 *
 * @param readerTemperature what the reader's span and no-answer scores are divided by before a
 *     passage's softmax; 1 = as the reader gives them
 * @param thresholds for questions that name none
 * @param confidence how often answers are right, for PAPER and MARGINAL; null = unknown
 */
public record Calibration(
    double readerTemperature,
    @JsonUnwrapped AnswerThresholds thresholds,
    @Nullable ConfidenceCurve confidence) {
  /** The calibration of a checkpoint that has none. */
  public static final Calibration NONE = new Calibration(1, AnswerThresholds.NONE, null);
}
