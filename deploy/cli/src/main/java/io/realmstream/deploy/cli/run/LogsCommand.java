package io.realmstream.deploy.cli.run;

import io.realmstream.deploy.cli.CommandFailure;
import io.realmstream.deploy.cli.ExitCode;
import io.realmstream.deploy.cli.console.Interruption;
import io.realmstream.deploy.cli.console.Streams;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code realm logs}: what a run in the background has written. */
@Command(
    name = "logs",
    mixinStandardHelpOptions = true,
    description = {
      "Print the log of the run that `realm up --detach` started in a folder.",
      "A run in front writes to its terminal and has no log here.%n"
    })
public final class LogsCommand implements Callable<Integer> {
  private static final long POLL_MS = 200;

  @Mixin private final RunDirectory directory = new RunDirectory();
  @Mixin private final Streams streams = new Streams();

  @Option(
      names = "--follow",
      description = "Go on with what is written, through new runs as well, until Ctrl-C.")
  private boolean follow;

  @Option(names = "--previous", description = "That of the run before.")
  private boolean previous;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path log = previous ? RunLog.previous(directory.path()) : RunLog.current(directory.path());
    if (!Files.exists(log)) {
      throw CommandFailure.failed("no log " + log + ": was `realm up --detach` run there?");
    }
    try (Interruption interruption = Interruption.watch();
        RunLog lines = new RunLog(log)) {
      lines.copyNew(streams.out());
      while (follow && !interruption.requested() && !streams.out().checkError()) {
        Thread.sleep(POLL_MS);
        lines.copyNew(streams.out());
      }
    }
    return ExitCode.OK;
  }
}
