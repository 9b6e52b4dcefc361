package io.realmstream.deploy.cli;

/** Ends a command: one line for people, one number for scripts. */
public final class CommandFailure extends RuntimeException {
  private final int exitCode;

  /**
   * @param exitCode one of {@link ExitCode}
   * @param message one line: what is wrong and what to do
   */
  public CommandFailure(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  public static CommandFailure failed(String message) {
    return new CommandFailure(ExitCode.FAILED, message);
  }

  public static CommandFailure usage(String message) {
    return new CommandFailure(ExitCode.USAGE, message);
  }

  public static CommandFailure unreachable(String message) {
    return new CommandFailure(ExitCode.UNREACHABLE, message);
  }

  public static CommandFailure timedOut(String message) {
    return new CommandFailure(ExitCode.TIMED_OUT, message);
  }

  public int exitCode() {
    return exitCode;
  }
}
