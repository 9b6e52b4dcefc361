package io.realmstream.deploy.cli.cluster;

import io.realmstream.deploy.cli.CommandFailure;
import io.realmstream.deploy.cli.ExitCode;
import io.realmstream.deploy.cli.console.Streams;
import io.realmstream.deploy.cli.run.RunDirectory;
import io.realmstream.deploy.embedded.host.StartException;
import io.realmstream.deploy.processes.ClusterFile;
import io.realmstream.deploy.processes.LocalCluster;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code realm cluster down}: stops every process of a cluster. */
@Command(
    name = "down",
    mixinStandardHelpOptions = true,
    description =
        "Stop the processes of the cluster, with a last checkpoint of each job, and wait until they"
            + " are gone. What does not end when it is asked to is killed.")
public final class ClusterDownCommand implements Callable<Integer> {
  @Mixin private final RunDirectory directory = new RunDirectory();
  @Mixin private final Streams streams = new Streams();

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (ClusterFile.read(directory.path()).isEmpty()) {
      streams.err().println("no cluster in " + directory.path());
      return ExitCode.OK;
    }
    try (LocalCluster cluster =
        LocalCluster.open(directory.path(), Jars.folder(), streams.err()::println)) {
      cluster.down();
      streams.err().println("stopped");
      return ExitCode.OK;
    } catch (StartException e) {
      throw CommandFailure.failed("cannot stop: " + e.getMessage());
    }
  }
}
