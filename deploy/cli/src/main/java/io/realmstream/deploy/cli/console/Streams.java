package io.realmstream.deploy.cli.console;

import java.io.InputStream;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command's streams: results on {@code out}, everything else on {@code err}. */
@Command // else it is no mixin
public final class Streams {
  @Spec(Spec.Target.MIXEE)
  @SuppressWarnings("NullAway.Init") // set by picocli before a command runs
  private CommandSpec command;

  public InputStream in() {
    return System.in;
  }

  public PrintWriter out() {
    return command.commandLine().getOut();
  }

  public PrintWriter err() {
    return command.commandLine().getErr();
  }

  /** Whether a person watches; pipes and logs get plain lines. */
  @SuppressWarnings("SystemConsoleNull") // true of JDK 22 to 24 alone, which are past their life
  public boolean onTerminal() {
    return System.console() != null && !"dumb".equals(System.getenv("TERM"));
  }
}
