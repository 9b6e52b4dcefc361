package io.realmstream.deploy.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code realm completion}: what a shell needs to complete the command's words. */
@Command(
    name = "completion",
    description = {"Print a script that lets bash and zsh complete commands and options.%n"},
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "In ~/.bashrc or ~/.zshrc: source <(realm completion)",
    })
public final class CompletionCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli before the command runs
  private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    out.print(AutoComplete.bash("realm", spec.root().commandLine()));
    out.flush();
    return ExitCode.OK;
  }
}
