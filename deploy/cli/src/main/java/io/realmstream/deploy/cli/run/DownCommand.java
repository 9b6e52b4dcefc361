package io.realmstream.deploy.cli.run;

import io.realmstream.deploy.cli.CommandFailure;
import io.realmstream.deploy.cli.ExitCode;
import io.realmstream.deploy.cli.arguments.Range;
import io.realmstream.deploy.cli.console.Streams;
import io.realmstream.deploy.embedded.EmbeddedRun;
import io.realmstream.deploy.processes.ClusterFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Stops the embedded run of a folder, whoever started it, and waits until it is gone. */
@Command(
    name = "down",
    mixinStandardHelpOptions = true,
    description = "Stops the embedded run of a folder and waits until its process is gone.")
public final class DownCommand implements Callable<Integer> {
  @Mixin private final RunDirectory directory = new RunDirectory();
  @Mixin private final Streams streams = new Streams();

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "120",
      description = "How long to wait. Default: ${DEFAULT-VALUE}.")
  @Range(min = 1, max = Range.SECONDS_MAX)
  private long timeoutSeconds;

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter err = streams.err();
    if (ClusterFile.read(directory.path()).isPresent()) {
      throw CommandFailure.failed(
          directory.path() + " has a cluster of processes; stop it with `realm cluster down`");
    }
    // who holds the folder's lock is a run of ours; a process id in a file might be anyone's by now
    OptionalLong holder = EmbeddedRun.process(directory.path());
    if (holder.isEmpty()) {
      err.println("nothing runs in " + directory.path());
      return ExitCode.OK;
    }
    ProcessHandle process =
        ProcessHandle.of(holder.getAsLong())
            .orElseThrow(
                () -> CommandFailure.failed("process " + holder.getAsLong() + " has just ended"));
    err.println("stopping process " + process.pid() + " ...");
    process.destroy();
    await(process, Duration.ofSeconds(timeoutSeconds));
    err.println("stopped");
    return ExitCode.OK;
  }

  private static void await(ProcessHandle process, Duration timeout) throws InterruptedException {
    try {
      process.onExit().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw CommandFailure.timedOut(
          "process %d has not stopped within %d s".formatted(process.pid(), timeout.toSeconds()));
    } catch (ExecutionException e) {
      throw new IllegalStateException("waiting for a process does not fail", e);
    }
  }
}
