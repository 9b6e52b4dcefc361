package io.realmstream.model.calibration;

/** By what answers are withheld. */
public enum ThresholdRule {
  /** None is. */
  NONE,
  /** By the no-answer mass. */
  MASS,
  /** By p(y|x). */
  PROBABILITY,
  /** By both. */
  BOTH
}
