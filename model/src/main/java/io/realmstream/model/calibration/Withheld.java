package io.realmstream.model.calibration;

/**
 * What thresholds do to answers.
 *
 * @param rightKept share of the right answers that are given
 * @param wrongWithheld share of the wrong answers that are withheld
 */
public record Withheld(double rightKept, double wrongWithheld) {}
