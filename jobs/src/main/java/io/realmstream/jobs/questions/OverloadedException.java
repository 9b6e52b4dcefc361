package io.realmstream.jobs.questions;

/** A question is refused, because its work would not be done by its deadline. */
public final class OverloadedException extends Exception {
  private static final long serialVersionUID = 1L;

  OverloadedException(String message) {
    super(message);
  }
}
