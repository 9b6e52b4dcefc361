package io.realmstream.deploy.cli.run;

import io.realmstream.deploy.cli.CommandFailure;
import io.realmstream.deploy.cli.ExitCode;
import io.realmstream.deploy.embedded.EmbeddedRun;
import io.realmstream.deploy.embedded.RunSettings;
import io.realmstream.deploy.embedded.cluster.EmbeddedJob;
import io.realmstream.deploy.embedded.host.StartException;
import java.io.IOException;
import java.io.PrintWriter;

/** An embedded run in this process, for as long as a command needs it. */
public final class ForegroundRun {
  /** What a command does with a run. */
  @FunctionalInterface
  public interface Use {
    /** Returns the exit code. */
    int of(EmbeddedRun run) throws IOException, InterruptedException;
  }

  private ForegroundRun() {}

  /**
   * Starts a run, uses it and closes it, also when the process is asked to end meanwhile.
   *
   * @param err takes the progress of starting and stopping
   * @throws CommandFailure FAILED with the reason in one line, if it does not start
   */
  static int execute(RunSettings settings, PrintWriter err, Use use) throws IOException {
    return execute(settings, EmbeddedJob::all, err, use);
  }

  /** The same with a choice of jobs. */
  public static int execute(RunSettings settings, EmbeddedRun.Jobs jobs, PrintWriter err, Use use)
      throws IOException {
    try (StopRequest stop = StopRequest.watch()) {
      try (EmbeddedRun run = EmbeddedRun.start(settings, jobs, err::println)) {
        return use.of(run);
      } catch (InterruptedException e) {
        return stopped(err);
      } catch (StartException e) {
        if (stop.made()) {
          return stopped(err);
        }
        throw CommandFailure.failed("cannot start: " + e.getMessage());
      } catch (RuntimeException e) {
        // Kafka wraps an interruption
        if (stop.made()) {
          return stopped(err);
        }
        throw e;
      }
    }
  }

  private static int stopped(PrintWriter err) {
    err.println("stopped");
    return ExitCode.OK;
  }
}
