package io.realmstream.deploy.client;

/** Says in one line why the knowledge base did not do what it was asked for. */
public final class ClientException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Kind kind;

  /** What went wrong. */
  public enum Kind {
    FAILED,
    /** What was asked for does not exist. */
    MISSING,
    /** It exists, but its state does not allow the change. */
    REFUSED,
    /** No broker answers, or nobody behind it reads. */
    UNREACHABLE,
    TIMED_OUT
  }

  public ClientException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public static ClientException failed(String message) {
    return new ClientException(Kind.FAILED, message);
  }

  public static ClientException unreachable(String message) {
    return new ClientException(Kind.UNREACHABLE, message);
  }

  public static ClientException missing(String message) {
    return new ClientException(Kind.MISSING, message);
  }

  public static ClientException refused(String message) {
    return new ClientException(Kind.REFUSED, message);
  }

  static ClientException timedOut(String message) {
    return new ClientException(Kind.TIMED_OUT, message);
  }

  public Kind kind() {
    return kind;
  }
}
