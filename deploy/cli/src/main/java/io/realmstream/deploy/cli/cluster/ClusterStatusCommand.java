package io.realmstream.deploy.cli.cluster;

import io.realmstream.deploy.cli.CommandFailure;
import io.realmstream.deploy.cli.ExitCode;
import io.realmstream.deploy.cli.console.Page;
import io.realmstream.deploy.cli.console.Streams;
import io.realmstream.deploy.cli.run.RunDirectory;
import io.realmstream.deploy.client.ClientException;
import io.realmstream.deploy.flink.FlinkRest;
import io.realmstream.deploy.json.Json;
import io.realmstream.deploy.processes.ClusterFile;
import io.realmstream.deploy.processes.ClusterProcess;
import io.realmstream.deploy.processes.Leader;
import io.realmstream.deploy.processes.Role;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code realm cluster status}: which processes run, and which jobs. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description =
        "Say which processes of the cluster run, with their folders, and what Flink says of the"
            + " jobs. Exit code 0 = all of them run, 1 = not all.")
public final class ClusterStatusCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** A process or a job, as JSON. */
  private record Line(String name, String state, String place) {}

  @Mixin private final RunDirectory directory = new RunDirectory();
  @Mixin private final Streams streams = new Streams();

  @Option(names = "--json", description = "Print each process and each job as a line of JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    ClusterFile cluster = require(directory.path());
    Optional<ClusterProcess> leader =
        cluster.of(Role.ZOOKEEPER).stream().anyMatch(ClusterProcess::runs)
            ? Leader.of(cluster, directory.path(), PATIENCE)
            : Optional.empty();
    boolean well = true;
    for (ClusterProcess process : cluster.processes()) {
      boolean runs = process.runs();
      well = well && runs;
      String state = runs ? "runs as " + process.pid() : "has ended";
      if (leader.isPresent() && process.role() == Role.JOBMANAGER && runs) {
        state += leader.get().equals(process) ? ", leads" : ", stands by";
      }
      print(new Line(process.name(), state, process.folder().toString()));
    }
    boolean working = jobsRun(cluster);
    if (cluster.of(Role.JOBMANAGER).size() > 1 && leader.isEmpty()) {
      streams.err().println("no JobManager leads");
      well = false;
    }
    return well && working ? ExitCode.OK : ExitCode.FAILED;
  }

  /** The cluster of a folder. */
  static ClusterFile require(Path directory) throws IOException {
    return ClusterFile.read(directory)
        .orElseThrow(() -> CommandFailure.failed("no cluster in " + directory));
  }

  private boolean jobsRun(ClusterFile cluster) {
    try {
      List<FlinkRest.Job> jobs = new FlinkRest(cluster.dashboard(), PATIENCE).jobs();
      jobs.forEach(job -> print(new Line(job.name(), job.state(), job.id())));
      return !jobs.isEmpty() && jobs.stream().allMatch(job -> job.state().equals("RUNNING"));
    } catch (ClientException e) {
      streams.err().println(e.getMessage());
      return false;
    }
  }

  private void print(Line line) {
    streams
        .out()
        .println(
            json
                ? Json.line(line)
                : Page.format("%-18s  %-16s  %s", line.name(), line.state(), line.place()));
  }
}
