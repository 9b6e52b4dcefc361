package io.realmstream.deploy.cli.run;

import io.realmstream.deploy.cli.ExitCode;
import io.realmstream.deploy.cli.console.Page;
import io.realmstream.deploy.cli.serve.PageSample;
import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.door.Door;
import io.realmstream.deploy.door.DoorSettings;
import io.realmstream.deploy.embedded.EmbeddedRun;
import io.realmstream.deploy.embedded.host.RunFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs Kafka, Flink and both jobs in this process until it is told to stop. */
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    description = {
      "Runs Kafka, Flink with its dashboard, and the jobs in one process, everything in one"
          + " folder.",
      "Stopping it, or killing it, and starting it again on the same folder resumes."
    })
public final class UpCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli before the command runs
  private CommandSpec spec;

  @Mixin private final RunOptions options = new RunOptions();

  @Option(
      names = "--detach",
      description = "Return when it is ready; its output goes to DIR/logs/realm.log.")
  private boolean detach;

  @Override
  public Integer call() throws Exception {
    @Nullable String complaint = options.complaint();
    if (complaint != null) {
      throw new ParameterException(spec.commandLine(), complaint);
    }
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    if (detach) {
      err.println("starting in the background; output goes to " + DetachedRun.log(options));
      printAddresses(out, DetachedRun.start(options), options.console());
      return ExitCode.OK;
    }
    return ForegroundRun.execute(
        options.settings(),
        options::jobs,
        err,
        run -> {
          try (Door door = door(run)) {
            printAddresses(out, run.announce(), door == null ? null : door.address());
            err.println("ready; stop it with Ctrl-C or `realm down`");
            err.println("realm: " + run.awaitJobEnd());
            return ExitCode.FAILED;
          }
        });
  }

  /** Null when none was asked for. */
  private @Nullable Door door(EmbeddedRun run) throws IOException {
    Integer port = options.consolePort();
    return port == null
        ? null
        : Door.open(
            Connection.to(run.bootstrapServers()),
            DoorSettings.onLoopback(port).withControl(),
            run.dashboard(),
            PageSample.of());
  }

  private void printAddresses(PrintWriter out, RunFile run, @Nullable String door) {
    Page page = new Page(0, 9);
    page.entry("Kafka", "%s", run.bootstrapServers());
    if (options.metrics() != null) {
      page.entry("Metrics", "%s", options.metrics());
    }
    page.entry("Dashboard", "%s", run.dashboard());
    if (door != null) {
      page.entry("Door", "%s", door);
    }
    out.println(page);
    out.flush();
  }
}
