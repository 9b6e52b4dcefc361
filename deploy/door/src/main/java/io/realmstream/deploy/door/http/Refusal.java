package io.realmstream.deploy.door.http;

/** Ends a request with a status and one line for people. */
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;

  public Refusal(int status, String message) {
    super(message);
    this.status = status;
  }

  public static Refusal badRequest(String message) {
    return new Refusal(400, message);
  }

  public int status() {
    return status;
  }
}
