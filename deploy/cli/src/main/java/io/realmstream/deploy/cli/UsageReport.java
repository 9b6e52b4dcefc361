package io.realmstream.deploy.cli;

import io.realmstream.deploy.cli.console.Excerpt;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in one line what is wrong with a command line, and where the right one is described. */
final class UsageReport implements IParameterExceptionHandler {
  private static final int SUGGESTIONS_MAX = 3;

  @Override
  public int handleParseException(ParameterException e, String[] arguments) {
    CommandLine command = e.getCommandLine();
    String message = Excerpt.message(String.valueOf(e.getMessage()));
    command.getErr().println("realm: " + message + suggestion(e) + help(command));
    boolean group = !(command.getCommand() instanceof java.util.concurrent.Callable<?>);
    if (group && !(e instanceof UnmatchedArgumentException)) {
      command.usage(command.getErr());
    }
    command.getErr().flush();
    return ExitCode.USAGE;
  }

  private static String suggestion(ParameterException e) {
    List<String> similar =
        e instanceof UnmatchedArgumentException unmatched ? unmatched.getSuggestions() : List.of();
    return similar.isEmpty()
        ? ""
        : "; did you mean "
            + String.join(" or ", similar.subList(0, Math.min(SUGGESTIONS_MAX, similar.size())))
            + "?";
  }

  private static String help(CommandLine command) {
    return "; see `" + command.getCommandSpec().qualifiedName(" ") + " --help`";
  }
}
