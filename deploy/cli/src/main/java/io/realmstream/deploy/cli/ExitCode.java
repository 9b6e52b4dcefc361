package io.realmstream.deploy.cli;

import io.realmstream.deploy.client.ClientException;

/** What the process says to its caller when it ends. */
public final class ExitCode {
  public static final int OK = 0;

  /** It was tried and failed, at least in part; the reason is on stderr. */
  public static final int FAILED = 1;

  /** The command line makes no sense. */
  public static final int USAGE = 2;

  /** No broker, or nobody behind it. */
  public static final int UNREACHABLE = 3;

  public static final int TIMED_OUT = 4;

  /** The knowledge base has nothing to say. */
  public static final int NO_ANSWER = 5;

  /** There is more to do than can be done in time; the same may do later. */
  public static final int OVERLOADED = 6;

  private ExitCode() {}

  static int of(ClientException.Kind kind) {
    return switch (kind) {
      case FAILED, MISSING, REFUSED -> FAILED;
      case UNREACHABLE -> UNREACHABLE;
      case TIMED_OUT -> TIMED_OUT;
    };
  }
}
