package io.realmstream.model.reader;

/** A passage that the reader cannot read: the run failed, or its scores are unusable. */
public final class ReadingException extends Exception {
  private static final long serialVersionUID = 1;

  public ReadingException(Throwable cause) {
    super(cause.getMessage(), cause);
  }
}
