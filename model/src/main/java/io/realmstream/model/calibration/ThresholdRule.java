package io.realmstream.model.calibration;

/** Which thresholds withhold answers. */
public enum ThresholdRule {
  /** None. */
  NONE,
  /** That on the no-answer mass. */
  MASS,
  /** That on p(y|x). */
  PROBABILITY,
  /** Both. */
  BOTH
}
