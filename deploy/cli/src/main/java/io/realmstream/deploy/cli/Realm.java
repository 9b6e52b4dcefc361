package io.realmstream.deploy.cli;

import io.realmstream.deploy.cli.arguments.PathConverter;
import io.realmstream.deploy.cli.arguments.RangeCheck;
import io.realmstream.deploy.cli.ask.AskCommand;
import io.realmstream.deploy.cli.calibrate.CalibrateCommand;
import io.realmstream.deploy.cli.cluster.ClusterCommand;
import io.realmstream.deploy.cli.cluster.SubmitCommand;
import io.realmstream.deploy.cli.cluster.TopicsCommand;
import io.realmstream.deploy.cli.console.Interruption;
import io.realmstream.deploy.cli.console.LineWriter;
import io.realmstream.deploy.cli.console.TerminalWriter;
import io.realmstream.deploy.cli.deadletters.DeadLettersCommand;
import io.realmstream.deploy.cli.edits.DeleteCommand;
import io.realmstream.deploy.cli.edits.LoadCommand;
import io.realmstream.deploy.cli.edits.ShowCommand;
import io.realmstream.deploy.cli.evaluate.EvaluateCommand;
import io.realmstream.deploy.cli.learn.LearnCommand;
import io.realmstream.deploy.cli.learn.feedback.FeedbackCommand;
import io.realmstream.deploy.cli.models.ModelCommand;
import io.realmstream.deploy.cli.run.DemoCommand;
import io.realmstream.deploy.cli.run.DownCommand;
import io.realmstream.deploy.cli.run.LogsCommand;
import io.realmstream.deploy.cli.run.UpCommand;
import io.realmstream.deploy.cli.serve.ServeCommand;
import io.realmstream.deploy.cli.status.CheckCommand;
import io.realmstream.deploy.cli.status.StatusCommand;
import io.realmstream.deploy.cli.train.TrainCommand;
import io.realmstream.deploy.cli.versions.CheckpointCommand;
import io.realmstream.deploy.cli.versions.PublishCheckpointCommand;
import io.realmstream.deploy.cli.versions.RestoreCommand;
import io.realmstream.deploy.cli.versions.VersionChange;
import io.realmstream.deploy.cli.versions.VersionsCommand;
import io.realmstream.deploy.cli.wikipedia.WikipediaCommand;
import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code realm} command. */
@Command(
    name = "realm",
    description = "A living knowledge base: feed it documents, ask it questions.",
    mixinStandardHelpOptions = true,
    versionProvider = RealmVersion.class,
    subcommands = {
      UpCommand.class,
      DownCommand.class,
      LoadCommand.class,
      DeleteCommand.class,
      ShowCommand.class,
      AskCommand.class,
      ServeCommand.class,
      EvaluateCommand.class,
      CalibrateCommand.class,
      StatusCommand.class,
      CheckCommand.class,
      VersionsCommand.class,
      VersionChange.Activate.class,
      VersionChange.Rollback.class,
      VersionChange.Pause.class,
      VersionChange.Resume.class,
      VersionChange.Rebuild.class,
      PublishCheckpointCommand.class,
      ModelCommand.class,
      CheckpointCommand.class,
      LearnCommand.class,
      FeedbackCommand.class,
      TrainCommand.class,
      RestoreCommand.class,
      DeadLettersCommand.class,
      LogsCommand.class,
      TopicsCommand.class,
      SubmitCommand.class,
      ClusterCommand.class,
      WikipediaCommand.class,
      DemoCommand.class,
      CompletionCommand.class,
      CommandLine.HelpCommand.class
    },
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Results go to stdout, progress and logs to stderr; --json gives JSON lines and nothing"
          + " else.",
      "",
      "Exit codes:",
      "  0  ok",
      "  1  failed",
      "  2  usage",
      "  3  unreachable: no broker, or nobody behind it",
      "  4  timed out",
      "  5  no answer",
      "  6  overloaded: the same may do later",
      "",
      "A clone of the project has benchmarks as well: realm bench --help"
    })
public final class Realm {
  /** System property: the file that takes all that is said, in place of the terminal. */
  public static final String LOG_FILE = "realm.log";

  private static final char REPLACEMENT = '\uFFFD';

  public static void main(String[] arguments) {
    run(commandLine(), arguments);
  }

  /** Runs a command as a process of its own, which ends with it. */
  public static void run(CommandLine command, String... arguments) {
    int code =
        System.getProperty(LOG_FILE) == null
            ? execute(command, utf8(FileDescriptor.out), utf8(FileDescriptor.err), arguments)
            : execute(command, logged(), logged(), arguments);
    Interruption.commandEnded();
    System.exit(code);
  }

  /**
   * Runs a command; never exits the process.
   *
   * @param out takes the results; what it cannot take is a failure, unless nobody reads them
   * @param err takes everything else
   * @return one of {@link ExitCode}
   */
  public static int execute(CommandLine command, Writer out, Writer err, String... arguments) {
    TerminalWriter results = new TerminalWriter(out);
    PrintWriter messages = new PrintWriter(new TerminalWriter(err), true);
    int code = execute(command.setOut(new PrintWriter(results, true)).setErr(messages), arguments);
    IOException failure = results.failure();
    if (failure == null || results.readerIsGone()) {
      return code;
    }
    messages.println("realm: the output could not be written: " + failure.getMessage());
    return code == ExitCode.OK ? ExitCode.FAILED : code;
  }

  /** Runs it unless the JVM could not decode an argument: an id with U+FFFD names another. */
  private static int execute(CommandLine command, String... arguments) {
    for (String argument : arguments) {
      if (argument.indexOf(REPLACEMENT) >= 0) {
        command.getErr().println("realm: an argument is not UTF-8: '" + argument + "'");
        return ExitCode.USAGE;
      }
    }
    int code = command.execute(arguments);
    command.getOut().flush();
    return code;
  }

  /**
   * The whole command, ready to {@code execute}; never exits the process.
   *
   * @param others commands that it has beside its own
   */
  public static CommandLine commandLine(Object... others) {
    CommandLine command = new CommandLine(new Realm());
    for (Object other : others) {
      command.addSubcommand(other);
    }
    return command
        .registerConverter(Path.class, new PathConverter())
        .setExecutionStrategy(new RangeCheck())
        .setParameterExceptionHandler(new UsageReport())
        .setExecutionExceptionHandler(new FailureReport())
        .setCaseInsensitiveEnumValuesAllowed(true)
        // colors are escape sequences, of which the output has none
        .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
  }

  private static Writer logged() {
    Logger log = LoggerFactory.getLogger(Realm.class);
    return new LineWriter(log::info);
  }

  /** JSON is UTF-8 whatever the terminal's locale says. */
  private static Writer utf8(FileDescriptor descriptor) {
    return new BufferedWriter(
        new OutputStreamWriter(new FileOutputStream(descriptor), StandardCharsets.UTF_8));
  }
}
