package io.realmstream.deploy.embedded.host;

import org.jspecify.annotations.Nullable;

/** Why the embedded run cannot start; the message is one line for the person who started it. */
public final class StartException extends Exception {
  private static final long serialVersionUID = 1L;

  /** A reason that is clear without its cause. */
  public StartException(String message) {
    super(message);
  }

  /** A reason whose cause says more; the cause's first line is appended. */
  public StartException(String message, Throwable cause) {
    super(message + ": " + firstLine(cause), cause);
  }

  /** The innermost message, since wrappers of Flink and Kafka say little. */
  public static String firstLine(Throwable failure) {
    Throwable innermost = failure;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      innermost = cause;
    }
    @Nullable String message = innermost.getMessage();
    String name = innermost.getClass().getSimpleName();
    return message == null ? name : name + ": " + message.lines().findFirst().orElse("");
  }
}
