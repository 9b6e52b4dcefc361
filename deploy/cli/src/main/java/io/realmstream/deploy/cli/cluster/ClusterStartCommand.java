package io.realmstream.deploy.cli.cluster;

import io.realmstream.deploy.cli.CommandFailure;
import io.realmstream.deploy.cli.ExitCode;
import io.realmstream.deploy.cli.console.Streams;
import io.realmstream.deploy.cli.run.RunDirectory;
import io.realmstream.deploy.embedded.host.StartException;
import io.realmstream.deploy.processes.LocalCluster;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code realm cluster start}: starts again what has ended. */
@Command(
    name = "start",
    mixinStandardHelpOptions = true,
    description = {
      "Start those processes of the cluster that have ended, and wait for them.",
      "With the only JobManager the TaskManagers start anew, and each job is submitted again and"
          + " goes on from its newest checkpoint. Prints the names of what it started."
    })
public final class ClusterStartCommand implements Callable<Integer> {
  @Mixin private final RunDirectory directory = new RunDirectory();
  @Mixin private final Streams streams = new Streams();

  @Override
  public Integer call() throws IOException, InterruptedException {
    ClusterStatusCommand.require(directory.path());
    try (LocalCluster cluster =
        LocalCluster.open(directory.path(), Jars.folder(), streams.err()::println)) {
      List<String> started = cluster.startEnded();
      // an earlier start may have ended between the JobManager and its jobs; those that are there
      // are not submitted again
      boolean jobManager = started.stream().anyMatch(name -> name.startsWith("jobmanager"));
      if (jobManager || cluster.flink().jobs().isEmpty()) {
        new ClusterJobs(cluster.file(), cluster.flink(), streams.err())
            .submit(directory.path().resolve("checkpoints"), List.of());
      }
      cluster.ready();
      started.forEach(streams.out()::println);
      return ExitCode.OK;
    } catch (StartException e) {
      throw CommandFailure.failed("cannot start: " + e.getMessage());
    }
  }
}
