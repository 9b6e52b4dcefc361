package io.realmstream.deploy.bench.faults;

import com.fasterxml.jackson.databind.JsonNode;
import io.realmstream.deploy.cli.CommandFailure;
import io.realmstream.deploy.cli.ExitCode;
import io.realmstream.deploy.cli.Realm;
import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.embedded.cluster.RealmJob;
import io.realmstream.deploy.flink.FlinkRest;
import io.realmstream.deploy.processes.ClusterFile;
import io.realmstream.deploy.processes.ClusterProcess;
import io.realmstream.deploy.processes.Leader;
import io.realmstream.deploy.processes.Role;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.jspecify.annotations.Nullable;

/** A cluster of {@code realm cluster}, through the commands that anybody would type. */
final class FaultyCluster implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration BROKER_PATIENCE = Duration.ofMinutes(30);
  private static final Duration POLL_INTERVAL = Duration.ofMillis(100);

  private final Path directory;

  /** The processes would outlive this one. */
  private final Thread hook = new Thread(this::killAll, "faulty-cluster");

  private FaultyCluster(Path directory) {
    this.directory = directory;
  }

  /**
   * What is started.
   *
   * @param parallelism of both jobs
   * @param standby whether there are two JobManagers
   * @param metricsPort first of the ports of metrics; null = none
   */
  record Shape(int taskManagers, int parallelism, boolean standby, @Nullable Integer metricsPort) {}

  /** Starts one on free ports, with a small checkpoint. */
  static FaultyCluster up(Path directory, Shape shape) {
    FaultyCluster cluster = new FaultyCluster(directory);
    Runtime.getRuntime().addShutdownHook(cluster.hook);
    List<String> options =
        new ArrayList<>(
            List.of(
                "--task-managers=" + shape.taskManagers(),
                "--parallelism=" + shape.parallelism(),
                "--kafka-port=0",
                "--dashboard-port=0",
                "--model=minilm",
                "--set=realm.model.sources=" + cluster.sources()));
    if (shape.standby()) {
      options.add("--standby");
    }
    if (shape.metricsPort() != null) {
      options.add("--metrics-port=" + shape.metricsPort());
    }
    cluster.run("up", options.toArray(String[]::new));
    return cluster;
  }

  /** Folder of checkpoints that the jobs may read. */
  Path models() {
    return directory.resolve("published");
  }

  /** What the jobs may read. */
  private String sources() {
    return "classpath:;" + models().toUri();
  }

  Path directory() {
    return directory;
  }

  /** What is sent waits longer for the broker than any fault keeps it away. */
  Connection connection() throws IOException {
    Connection plain = Connection.to(file().bootstrapServers());
    Map<String, Object> settings = new HashMap<>(plain.settings());
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) BROKER_PATIENCE.toMillis());
    return new Connection(settings, plain.topics());
  }

  /** What Flink tells of it now. */
  ClusterView jobs() throws IOException {
    return new ClusterView(flink());
  }

  /** All of them. */
  List<ClusterProcess> processes() throws IOException {
    return file().processes();
  }

  /** Those of a role; first the TaskManager that has the retriever, the JobManager that leads. */
  List<ClusterProcess> of(Role role) throws IOException {
    List<ClusterProcess> processes = new ArrayList<>(file().of(role));
    if (processes.size() > 1) {
      String first = role == Role.TASKMANAGER ? jobs().taskManagerOfRetriever() : leader();
      processes.sort((one, other) -> Boolean.compare(is(other, first), is(one, first)));
    }
    return processes;
  }

  /** Whether Flink goes on without those. */
  boolean recoversAlone(List<ClusterProcess> victims) throws IOException {
    ClusterFile file = file();
    return victims.stream()
        .noneMatch(
            victim ->
                victim.role() == Role.BROKER
                    || file.of(victim.role()).stream().allMatch(victims::contains));
  }

  /** SIGKILL to all of them; returns when they are gone. */
  void kill(List<ClusterProcess> victims) throws InterruptedException {
    victims.forEach(ClusterProcess::kill);
    while (victims.stream().anyMatch(ClusterProcess::runs)) {
      Thread.sleep(POLL_INTERVAL.toMillis());
    }
  }

  /** SIGSTOP. */
  void stop(ClusterProcess victim) throws IOException, InterruptedException {
    signal("STOP", victim);
  }

  /** SIGCONT. */
  void resume(ClusterProcess victim) throws IOException, InterruptedException {
    signal("CONT", victim);
  }

  /** Stops each job with a savepoint, and submits it with another parallelism. */
  void rescale(int parallelism) throws IOException, InterruptedException {
    for (RealmJob job : ClusterView.JOBS) {
      String path = jobs().path(job);
      Map<String, Object> how =
          Map.of("drain", false, "targetDirectory", directory.resolve("savepoints").toString());
      String request = flink().post(path + "/stop", how).path("request-id").asText();
      String savepoint = "";
      while (savepoint.isEmpty()) {
        Thread.sleep(POLL_INTERVAL.toMillis());
        JsonNode answer = flink().get(path + "/savepoints/" + request);
        JsonNode failure = answer.at("/operation/failure-cause");
        if (!failure.isMissingNode()) {
          throw CommandFailure.failed("no savepoint of %s: %s".formatted(job, failure));
        }
        savepoint = answer.at("/operation/location").asText();
      }
      realm(
          "submit",
          "--bootstrap-servers=" + file().bootstrapServers(),
          "--flink=" + file().dashboard(),
          "--job=" + job.name().toLowerCase(Locale.ROOT),
          "--from=" + savepoint,
          "--parallelism=" + parallelism,
          "--set=realm.model.directory=" + directory.resolve("models"),
          "--set=realm.model.sources=" + sources());
    }
  }

  /** Starts what has ended, if anything has. */
  void start() throws IOException {
    if (!file().processes().stream().allMatch(ClusterProcess::runs)) {
      run("start");
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

  private static boolean is(ClusterProcess process, String name) {
    return process.name().equals(name);
  }

  private String leader() throws IOException {
    return Leader.of(file(), directory, PATIENCE).map(ClusterProcess::name).orElse("");
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
    realm(arguments.toArray(String[]::new));
  }

  private static void realm(String... arguments) {
    StringWriter said = new StringWriter();
    int code = Realm.execute(Realm.commandLine(), new StringWriter(), said, arguments);
    if (code != ExitCode.OK) {
      throw CommandFailure.failed("realm %s says: %s".formatted(List.of(arguments), said));
    }
  }
}
