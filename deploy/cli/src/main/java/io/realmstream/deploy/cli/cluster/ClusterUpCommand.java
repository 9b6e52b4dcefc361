package io.realmstream.deploy.cli.cluster;

import io.realmstream.deploy.cli.CommandFailure;
import io.realmstream.deploy.cli.ExitCode;
import io.realmstream.deploy.cli.arguments.Range;
import io.realmstream.deploy.cli.console.Page;
import io.realmstream.deploy.cli.console.Streams;
import io.realmstream.deploy.cli.run.PortOptions;
import io.realmstream.deploy.cli.run.RunDirectory;
import io.realmstream.deploy.embedded.cluster.ClusterSettings;
import io.realmstream.deploy.embedded.cluster.RealmJob;
import io.realmstream.deploy.embedded.host.StartException;
import io.realmstream.deploy.processes.ClusterPlan;
import io.realmstream.deploy.processes.ClusterSize;
import io.realmstream.deploy.processes.LocalCluster;
import io.realmstream.jobs.RealmOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.flink.configuration.Configuration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code realm cluster up}: starts the processes and submits the jobs. */
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    description = {
      "Start a broker, a JobManager and TaskManagers as processes of their own, and submit the"
          + " jobs. Returns when every task runs. Each process is started by"
          + " deploy/process/start.sh.",
      "On a folder where a cluster has been, the jobs go on from their newest checkpoints."
    })
public final class ClusterUpCommand implements Callable<Integer> {
  @Mixin private final RunDirectory directory = new RunDirectory();
  @Mixin private final PortOptions ports = new PortOptions();
  @Mixin private final Streams streams = new Streams();

  @Option(
      names = "--task-managers",
      paramLabel = "N",
      defaultValue = "2",
      description =
          "How many. If one of several is lost, the others have room for all tasks. Default:"
              + " ${DEFAULT-VALUE}.")
  @Range(min = 1, max = 64)
  private int taskManagers;

  @Option(
      names = "--standby",
      description = "A second JobManager, which takes over if the first is lost, and ZooKeeper.")
  private boolean standby;

  @Option(
      names = "--metrics-port",
      paramLabel = "PORT",
      description =
          "Port where Prometheus reads one of Flink's processes; the others have those that"
              + " follow. Default: none.")
  @Range(min = 1, max = Range.PORT_MAX - 100)
  private @Nullable Integer metricsPort;

  @Option(
      names = "--memory",
      paramLabel = "SIZE",
      description = "Of each TaskManager, for instance 3g. Default: 2g.")
  private @Nullable String memory;

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      description = "Subtasks of each operator. Default: cores, at most 4.")
  @Range(min = 1, max = 16)
  private @Nullable Integer parallelism;

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description = "Checkpoint to publish, as `realm submit` takes it. Default: e5, if none is.")
  private @Nullable String model;

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      description = "A setting of the jobs or of Flink, as `realm submit` takes it.")
  private Map<String, String> settings = new LinkedHashMap<>();

  @Override
  public Integer call() throws IOException, InterruptedException {
    String complaint = ports.complaint();
    if (complaint != null) {
      throw CommandFailure.usage(complaint);
    }
    ClusterPlan plan = plan();
    try (LocalCluster cluster =
        LocalCluster.open(directory.path(), Jars.folder(), streams.err()::println)) {
      cluster.up(plan);
      // not kept for later starts: they must not undo what somebody publishes meanwhile
      List<String> once = model == null ? List.of() : List.of("--model", model);
      new ClusterJobs(cluster.file(), cluster.flink(), streams.err())
          .submit(plan.checkpoints(), once);
      cluster.ready();
      Page page = new Page(0, 9);
      page.entry("Kafka", "%s", cluster.file().bootstrapServers());
      cluster.file().dashboards().forEach(each -> page.entry("Dashboard", "%s", each));
      streams.out().println(page);
      streams.err().println("ready; stop it with `realm cluster down`");
      return ExitCode.OK;
    } catch (StartException e) {
      throw CommandFailure.failed("cannot start: " + e.getMessage());
    }
  }

  private ClusterPlan plan() {
    int subtasks = parallelism == null ? ClusterSettings.defaultParallelism() : parallelism;
    List<String> submission = new ArrayList<>(List.of("--parallelism", Integer.toString(subtasks)));
    Map<String, String> all = new LinkedHashMap<>();
    all.put(RealmOptions.MODEL_DIRECTORY.key(), directory.path().resolve("models").toString());
    all.putAll(settings);
    all.forEach((name, value) -> submission.addAll(List.of("--set", name + "=" + value)));
    int jobs = RealmJob.wanted(Configuration.fromMap(settings)).size();
    return new ClusterPlan(
        directory.path(),
        ports.kafka(),
        ports.dashboard(),
        metricsPort,
        new ClusterSize(standby, taskManagers, memory, jobs * subtasks),
        submission);
  }
}
