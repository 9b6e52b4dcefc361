package io.realmstream.model.checkpoint;

/**
 * A checkpoint that cannot be used: a part is missing, is not what its digest says, or does not fit
 * the checkpoint's settings. The message is one line and names the part.
 */
public final class CheckpointException extends Exception {
  private static final long serialVersionUID = 1;

  public CheckpointException(String message) {
    super(message);
  }

  public CheckpointException(String message, Throwable cause) {
    super(message, cause);
  }
}
