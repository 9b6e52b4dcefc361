package io.realmstream.model.onnx;

/** A model run that failed natively, or whose output is unusable. */
public final class InferenceException extends Exception {
  private static final long serialVersionUID = 1;

  public InferenceException(String message) {
    super(message);
  }

  public InferenceException(String message, Throwable cause) {
    super(message, cause);
  }
}
