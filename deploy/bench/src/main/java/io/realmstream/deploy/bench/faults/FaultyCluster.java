package io.realmstream.deploy.bench.faults;

import io.realmstream.deploy.cli.CommandFailure;
import io.realmstream.deploy.cli.ExitCode;
import io.realmstream.deploy.cli.Realm;
import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.embedded.cluster.EmbeddedJob;
import io.realmstream.deploy.embedded.cluster.RealmJob;
import io.realmstream.deploy.flink.FlinkRest;
import io.realmstream.deploy.processes.ClusterFile;
import io.realmstream.deploy.processes.ClusterProcess;
import io.realmstream.deploy.processes.Role;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A cluster of {@code realm cluster}, through the commands that anybody would type. */
final class FaultyCluster implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration POLL_INTERVAL = Duration.ofMillis(100);

  private final Path directory;

  /** The processes would outlive this one. */
  private final Thread hook = new Thread(this::killAll, "faulty-cluster");

  private FaultyCluster(Path directory) {
    this.directory = directory;
  }

  /** Starts one on free ports. */
  static FaultyCluster up(Path directory, int taskManagers, String model) {
    FaultyCluster cluster = new FaultyCluster(directory);
    Runtime.getRuntime().addShutdownHook(cluster.hook);
    cluster.run(
        "up",
        "--task-managers=" + taskManagers,
        "--parallelism=1",
        "--kafka-port=0",
        "--dashboard-port=0",
        "--model=" + model);
    return cluster;
  }

  Path directory() {
    return directory;
  }

  Connection connection() throws IOException {
    return Connection.to(file().bootstrapServers());
  }

  /** Those of a role; the first TaskManager is the one that has the retriever. */
  List<ClusterProcess> of(Role role) throws IOException {
    List<ClusterProcess> processes = new ArrayList<>(file().of(role));
    if (role == Role.TASKMANAGER) {
      String first = taskManagerOfRetriever();
      processes.sort((one, other) -> Boolean.compare(is(other, first), is(one, first)));
    }
    return processes;
  }

  /** SIGKILL to all of them; returns when they are gone. */
  void kill(List<ClusterProcess> victims) throws InterruptedException {
    victims.forEach(ClusterProcess::kill);
    while (victims.stream().anyMatch(ClusterProcess::runs)) {
      Thread.sleep(POLL_INTERVAL.toMillis());
    }
  }

  /** SIGSTOP, and SIGCONT after so long. */
  void hang(ClusterProcess victim, Duration length) throws IOException, InterruptedException {
    signal("STOP", victim);
    try {
      Thread.sleep(length.toMillis());
    } finally {
      signal("CONT", victim);
    }
  }

  /** Starts what has ended, if anything has. */
  void start() throws IOException {
    if (!file().processes().stream().allMatch(ClusterProcess::runs)) {
      run("start");
    }
  }

  /** Returns when each job has a checkpoint that began after now. */
  void awaitCheckpoints() throws IOException, InterruptedException {
    long now = System.currentTimeMillis();
    for (RealmJob job : List.of(RealmJob.UPDATER, RealmJob.RETRIEVER)) {
      String path = path(job) + "/checkpoints";
      while (flink().get(path).at("/latest/completed/trigger_timestamp").asLong() < now) {
        Thread.sleep(POLL_INTERVAL.toMillis());
      }
    }
  }

  @Override
  public void close() {
    try {
      run("down");
    } finally {
      killAll();
      Runtime.getRuntime().removeShutdownHook(hook);
    }
  }

  private void killAll() {
    try {
      ClusterFile.read(directory)
          .ifPresent(cluster -> cluster.processes().forEach(ClusterProcess::kill));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String taskManagerOfRetriever() throws IOException {
    String job = path(RealmJob.RETRIEVER);
    String vertex = flink().get(job).at("/vertices/0/id").asText();
    return flink().get(job + "/vertices/" + vertex).at("/subtasks/0/taskmanager-id").asText();
  }

  private static boolean is(ClusterProcess process, String name) {
    return process.name().equals(name);
  }

  private static String path(RealmJob job) {
    return "/jobs/" + EmbeddedJob.id(job.jobName()).toHexString();
  }

  private FlinkRest flink() throws IOException {
    return new FlinkRest(file().dashboard(), PATIENCE);
  }

  private ClusterFile file() throws IOException {
    return ClusterFile.read(directory)
        .orElseThrow(() -> CommandFailure.failed("no cluster in " + directory));
  }

  private static void signal(String name, ClusterProcess process)
      throws IOException, InterruptedException {
    int code =
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    if (code != 0) {
      throw CommandFailure.failed("kill -%s says %d of %s".formatted(name, code, process.name()));
    }
  }

  private void run(String command, String... options) {
    List<String> arguments = new ArrayList<>(List.of("cluster", command, "--dir=" + directory));
    arguments.addAll(List.of(options));
    StringWriter said = new StringWriter();
    int code =
        Realm.execute(
            Realm.commandLine(), new StringWriter(), said, arguments.toArray(String[]::new));
    if (code != ExitCode.OK) {
      throw CommandFailure.failed("realm cluster " + command + " says: " + said);
    }
  }
}
