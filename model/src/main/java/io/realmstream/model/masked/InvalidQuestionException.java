package io.realmstream.model.masked;

/** A question whose masks a reader cannot read; the message names the field. */
public final class InvalidQuestionException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public InvalidQuestionException(String message) {
    super(message);
  }
}
