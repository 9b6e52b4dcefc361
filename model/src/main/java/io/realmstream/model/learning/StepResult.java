package io.realmstream.model.learning;

/**
 * What became of a batch.
 *
 * @param loss mean -log p(y|x) in nats before the step; 0 if none was taken
 * @param examples how many were learned from
 * @param silent examples whose answer no candidate makes possible
 */
public record StepResult(Outcome outcome, double loss, int examples, int silent) {

  /** Whether a step was taken, else why not. */
  public enum Outcome {
    TAKEN,
    /** No candidate makes any answer of the batch possible. */
    NO_ANSWER,
    /** The loss or its gradient has a NaN or an infinity: the heads stay as they are. */
    NOT_FINITE
  }
}
