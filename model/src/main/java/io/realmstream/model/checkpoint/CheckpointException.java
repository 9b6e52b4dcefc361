package io.realmstream.model.checkpoint;

/**
 * A checkpoint that cannot be used: a part is missing, is not what its digest says, or does not fit
 * the checkpoint's settings. The message is one line and names the part.
 */
public final class CheckpointException extends Exception {
  private static final long serialVersionUID = 1;

  private final boolean mayPass;

  public CheckpointException(String message) {
    super(message);
    mayPass = false;
  }

  public CheckpointException(String message, Throwable cause) {
    this(message, cause, false);
  }

  /**
   * @param mayPass whether it may be otherwise a moment later, with the same checkpoint
   */
  public CheckpointException(String message, Throwable cause, boolean mayPass) {
    super(message, cause);
    this.mayPass = mayPass;
  }

  /** Whether a part could not be read, which may be otherwise a moment later. */
  public boolean mayPass() {
    return mayPass;
  }
}
