package io.realmstream.deploy.processes;

import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.embedded.Retention;
import io.realmstream.deploy.embedded.TopicSetup;
import io.realmstream.deploy.embedded.cluster.CheckpointFolder;
import io.realmstream.deploy.embedded.cluster.RealmJob;
import io.realmstream.deploy.embedded.host.FolderLock;
import io.realmstream.deploy.embedded.host.Folders;
import io.realmstream.deploy.embedded.host.RunFile;
import io.realmstream.deploy.embedded.host.StartException;
import io.realmstream.deploy.flink.FlinkRest;
import io.realmstream.jobs.RealmOptions;
import io.realmstream.jobs.launch.JobSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.RetriableException;

/**
 * A broker, a JobManager and TaskManagers as processes of this machine, on loopback, all in one
 * folder. They outlive this process. While one of these objects is open, nobody else changes the
 * cluster.
 *
 * <pre>
 * DIR/cluster.json     which processes there are
 * DIR/conf             the script that starts each of them, and the configuration of all
 * DIR/processes/NAME   log and working folder of each
 * DIR/zookeeper, leader   what two JobManagers know of each other
 * DIR/kafka, checkpoints, models, run.json   as in an embedded run
 * </pre>
 */
public final class LocalCluster implements AutoCloseable {
  private static final Duration FLINK_PATIENCE = Duration.ofSeconds(20);
  private static final Duration BROKER_PATIENCE = Duration.ofSeconds(60);
  private static final Duration REQUEST_PATIENCE = Duration.ofSeconds(10);

  private static final ClusterFile NONE = new ClusterFile("", List.of(), List.of(), List.of());

  private final Path directory;
  private final FolderLock lock;
  private final ProcessStart starts;
  private final Consumer<String> progress;
  private ClusterFile file;

  /** Whether some of it runs and not all: then it ends with this object, or with the process. */
  private volatile boolean half;

  private boolean killed;

  private final Thread hook = new Thread(this::killHalf, "half-a-cluster");

  private LocalCluster(
      Path directory, FolderLock lock, ProcessStart starts, Consumer<String> progress)
      throws IOException {
    this.directory = directory;
    this.lock = lock;
    this.starts = starts;
    this.progress = progress;
    this.file = ClusterFile.read(directory).orElse(NONE);
  }

  /**
   * Takes a folder, with the cluster that it has, if any.
   *
   * @param lib folder with the jars
   * @param progress takes lines for the person who waits
   * @throws StartException if the folder cannot be written, or another process has it
   */
  public static LocalCluster open(Path directory, Path lib, Consumer<String> progress)
      throws StartException, IOException {
    Path folder = directory.toAbsolutePath().normalize();
    FolderLock lock = FolderLock.take(folder);
    ProcessStart starts = new ProcessStart(folder, conf(folder), lib);
    LocalCluster cluster = new LocalCluster(folder, lock, starts, progress);
    Runtime.getRuntime().addShutdownHook(cluster.hook);
    return cluster;
  }

  /** The cluster as it is now; without processes if there is none. */
  public ClusterFile file() {
    return file;
  }

  /**
   * Starts the processes, and makes the topics. Until {@link #ready} they end with this object.
   *
   * @throws StartException with the reason in one line
   */
  public void up(ClusterPlan plan) throws StartException, IOException, InterruptedException {
    List<ClusterProcess> running = file.running();
    if (!running.isEmpty()) {
      throw new StartException(
          "%s has a cluster already: %d of its %d processes run; stop it with `realm cluster down`"
              .formatted(directory, running.size(), file.processes().size()));
    }
    file = plan.write(conf(directory));
    Folders.delete(directory.resolve("tmp"));
    // the jobs go on from their checkpoints, whoever led before
    plan.highAvailability().forEach(Folders::delete);
    for (RealmJob job : RealmJob.values()) {
      CheckpointFolder.of(plan.checkpoints(), job.jobName())
          .sweep(JobSettings.CHECKPOINTS_RETAINED);
    }
    half = true;
    start("broker", Role.BROKER);
    ProcessStart.await(
        file.of(Role.BROKER).get(0), () -> hasTopics(Connection.to(file.bootstrapServers())));
    if (plan.size().standby()) {
      start("zookeeper", Role.ZOOKEEPER);
    }
    for (int i = 1; i <= plan.size().jobManagers(); i++) {
      start(i == 1 ? "jobmanager" : "jobmanager-" + i, Role.JOBMANAGER);
    }
    startTaskManagers(
        IntStream.rangeClosed(1, plan.size().taskManagers())
            .mapToObj(i -> "taskmanager-" + i)
            .toList());
  }

  /** All of it runs, jobs included: it stays, and commands find it. */
  public void ready() throws IOException {
    half = false;
    long pid = file.of(Role.BROKER).get(0).pid();
    new RunFile(pid, file.bootstrapServers(), file.dashboard()).write(directory);
  }

  /**
   * Starts what has ended, and waits for it. With the only JobManager the TaskManagers start anew,
   * since its jobs are gone: they must be submitted again.
   *
   * @return names of what was started
   */
  public List<String> startEnded() throws StartException, IOException, InterruptedException {
    if (file.of(Role.JOBMANAGER).stream().noneMatch(ClusterProcess::runs)) {
      stop(file.of(Role.TASKMANAGER), FLINK_PATIENCE);
    }
    List<String> started = new ArrayList<>();
    List<String> taskManagers = new ArrayList<>();
    for (ClusterProcess process : file.processes()) {
      if (process.runs()) {
        continue;
      }
      started.add(process.name());
      if (process.role() == Role.TASKMANAGER) {
        taskManagers.add(process.name());
      } else {
        start(process.name(), process.role());
      }
    }
    startTaskManagers(taskManagers);
    return started;
  }

  /** Stops the processes, Flink's first, with a last checkpoint of each job where that goes. */
  public void down() throws IOException, InterruptedException {
    if (file.of(Role.JOBMANAGER).stream().anyMatch(ClusterProcess::runs)) {
      new LastCheckpoints(flink(), progress).take();
    }
    // first, or the end of a TaskManager would be a failure to it
    stop(file.of(Role.JOBMANAGER), FLINK_PATIENCE);
    stop(file.of(Role.TASKMANAGER), FLINK_PATIENCE);
    stop(file.of(Role.BROKER), BROKER_PATIENCE);
    stop(file.of(Role.ZOOKEEPER), FLINK_PATIENCE);
    forget();
  }

  /** The REST interface of a JobManager that runs. */
  public FlinkRest flink() {
    return new FlinkRest(file.dashboard(), REQUEST_PATIENCE);
  }

  @Override
  public void close() throws IOException {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException alreadyShuttingDown) {
      // the hook does the same
    }
    if (half) {
      killHalf();
      try {
        ClusterProcess.awaitEnd(file.processes(), Duration.ZERO);
      } catch (InterruptedException e) {
        // they were killed; nobody waits for their end
        Thread.currentThread().interrupt();
      }
      forget();
    }
    lock.close();
  }

  private synchronized void killHalf() {
    if (half) {
      killed = true;
      file.processes().forEach(ClusterProcess::kill);
    }
  }

  private void forget() throws IOException {
    RunFile.remove(directory);
    ClusterFile.remove(directory);
    file = NONE;
  }

  private static void stop(List<ClusterProcess> processes, Duration patience)
      throws InterruptedException {
    processes.forEach(ClusterProcess::ask);
    ClusterProcess.awaitEnd(processes, patience);
  }

  private void start(String name, Role role)
      throws StartException, IOException, InterruptedException {
    ClusterProcess process = begin(name, role);
    new Readiness(file, conf(directory)).await(process);
    progress.accept(name + " runs");
  }

  /** All at once. */
  private void startTaskManagers(List<String> names)
      throws StartException, IOException, InterruptedException {
    List<ClusterProcess> begun = new ArrayList<>();
    for (String name : names) {
      begun.add(begin(name, Role.TASKMANAGER));
    }
    for (ClusterProcess process : begun) {
      new Readiness(file, conf(directory)).await(process);
      progress.accept(process.name() + " runs");
    }
  }

  private synchronized ClusterProcess begin(String name, Role role)
      throws StartException, IOException {
    if (killed) {
      throw new StartException("interrupted");
    }
    ClusterProcess process = starts.start(name, role, arguments(name, role));
    file = file.with(process);
    file.write(directory);
    return process;
  }

  /** What one process has for itself; all else is in the configuration that they share. */
  private String[] arguments(String name, Role role) {
    return switch (role) {
      case BROKER, ZOOKEEPER -> new String[0];
      case JOBMANAGER -> new String[] {"-D", "rest.port=" + port(name)};
      case TASKMANAGER -> new String[] {"-D", "taskmanager.resource-id=" + name};
    };
  }

  private int port(String jobManager) {
    return URI.create(file.dashboards().get(jobManager.equals("jobmanager") ? 0 : 1)).getPort();
  }

  /** Makes the topics; false = the broker did not answer in time, and may the next time. */
  static boolean hasTopics(Connection connection) throws StartException, InterruptedException {
    try (Admin admin = connection.admin()) {
      Duration ttl = RealmOptions.TOMBSTONE_TTL.defaultValue();
      TopicSetup.create(admin, connection.topics(), Retention.of(ttl));
      return true;
    } catch (ExecutionException | IllegalStateException e) {
      if (e.getCause() instanceof RetriableException) {
        return false;
      }
      throw new StartException("the topics cannot be made", e);
    }
  }

  private static Path conf(Path directory) {
    return directory.resolve("conf");
  }
}
