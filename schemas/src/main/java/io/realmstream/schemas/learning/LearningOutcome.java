package io.realmstream.schemas.learning;

/** What became of what a pass has learned, or of a version that came into force. */
public enum LearningOutcome {
  /** It may be published, and waits until it can be. */
  PASSED,
  /** It went to the topic of checkpoints. */
  PUBLISHED,
  /** Too few documents are held out to tell a gain from luck. */
  TOO_FEW,
  /** It does not find held-out documents better than the version in force for certain. */
  NO_GAIN,
  /** It may do harm. */
  HARM,
  /** The version in force stays: it finds no less than the one before, or nobody can tell. */
  KEPT,
  /** The version in force finds less for certain, so the one before is to answer again. */
  ROLLED_BACK
}
