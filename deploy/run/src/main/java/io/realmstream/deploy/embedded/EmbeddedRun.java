package io.realmstream.deploy.embedded;

import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.embedded.cluster.CheckpointFolder;
import io.realmstream.deploy.embedded.cluster.ClusterSettings;
import io.realmstream.deploy.embedded.cluster.ClusterStart;
import io.realmstream.deploy.embedded.cluster.EmbeddedCluster;
import io.realmstream.deploy.embedded.cluster.EmbeddedJob;
import io.realmstream.deploy.embedded.host.FolderLock;
import io.realmstream.deploy.embedded.host.Folders;
import io.realmstream.deploy.embedded.host.Ports;
import io.realmstream.deploy.embedded.host.RunFile;
import io.realmstream.deploy.embedded.host.StartException;
import io.realmstream.deploy.processes.ClusterFile;
import io.realmstream.jobs.LearningOptions;
import io.realmstream.jobs.RealmOptions;
import io.realmstream.schemas.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.flink.configuration.Configuration;
import org.apache.kafka.clients.admin.Admin;

/**
 * The whole system in this process and one folder: broker, topics, cluster, jobs, checkpoint.
 *
 * <p>Opened in that order and closed in the reverse one: Flink must be gone before its Kafka is.
 */
public final class EmbeddedRun implements AutoCloseable {
  /** Makes the jobs to run from the settings of {@link RealmOptions}. */
  @FunctionalInterface
  public interface Jobs {
    List<EmbeddedJob> of(Configuration settings);
  }

  private final RunSettings settings;
  private final Consumer<String> progress;
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private CompletableFuture<String> jobEnd = new CompletableFuture<>();
  private String bootstrapServers = "";
  private String dashboard = "";

  private EmbeddedRun(RunSettings settings, Consumer<String> progress) {
    this.settings = settings;
    this.progress = progress;
  }

  /**
   * Starts everything and returns when every task of every job runs.
   *
   * @param progress takes lines for the person who waits
   * @throws StartException with the reason in one line; nothing is left running then
   */
  public static EmbeddedRun start(RunSettings settings, Jobs jobs, Consumer<String> progress)
      throws StartException, InterruptedException {
    EmbeddedRun run = new EmbeddedRun(settings, progress);
    boolean started = false;
    try {
      run.open(jobs);
      started = true;
      return run;
    } finally {
      if (!started) {
        run.close();
      }
    }
  }

  /** The process whose run has that folder; empty if none has. */
  public static OptionalLong process(Path directory) throws IOException {
    return FolderLock.holder(directory);
  }

  /** Value for a Kafka client's {@code bootstrap.servers}. */
  public String bootstrapServers() {
    return bootstrapServers;
  }

  /** Address of Flink's dashboard and REST interface. */
  public String dashboard() {
    return dashboard;
  }

  /**
   * Waits until a job has ended for good, which none should; the reason in one line.
   *
   * @throws InterruptedException if the thread is to stop waiting and {@link #close}
   */
  public String awaitJobEnd() throws InterruptedException {
    try {
      return jobEnd.get();
    } catch (ExecutionException e) {
      return "Flink failed: " + StartException.firstLine(e);
    }
  }

  /** Says where this run is in the folder's {@code run.json}, until it is closed. */
  public RunFile announce() throws IOException {
    RunFile addresses = new RunFile(ProcessHandle.current().pid(), bootstrapServers, dashboard);
    open.push(() -> RunFile.remove(settings.directory()));
    addresses.write(settings.directory());
    return addresses;
  }

  /** Stops the jobs with a last checkpoint, then Flink, then Kafka, and gives the folder back. */
  @Override
  public void close() {
    // an interruption asked for this; it must not break it off
    boolean interrupted = Thread.interrupted();
    if (!open.isEmpty()) {
      progress.accept("stopping ...");
    }
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception e) { // declared by AutoCloseable; the rest must be closed all the same
        progress.accept("while stopping: " + StartException.firstLine(e));
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void open(Jobs jobs) throws StartException, InterruptedException {
    open.push(FolderLock.take(settings.directory()));
    ClusterFile.requireNone(settings.directory());
    // what a kill -9 left half copied
    Folders.deleteFiles(settings.models(), ".partial");
    Folders.requireSpace(settings.directory());
    Ports.claim(settings.dashboardPort(), "Flink's dashboard");
    if (settings.metrics() != null) {
      Ports.claim(settings.metrics().getPort(), "metrics");
    }
    CheckpointPublication.verify(
        CheckpointPublication.checkpoint(settings.model()), settings.models());
    EmbeddedBroker broker = EmbeddedBroker.start(settings.kafka(), settings.kafkaPort());
    open.push(broker);
    bootstrapServers = broker.bootstrapServers();
    progress.accept("Kafka runs at " + bootstrapServers);
    Configuration jobSettings = jobSettings();
    prepareTopics(RealmOptions.topics(jobSettings), jobSettings.get(RealmOptions.TOMBSTONE_TTL));
    EmbeddedCluster cluster = startCluster(jobs.of(jobSettings));
    open.push(cluster);
    dashboard = cluster.dashboard();
    jobEnd = cluster.jobEnd();
  }

  private Configuration jobSettings() {
    Configuration jobSettings = new Configuration();
    jobSettings.set(RealmOptions.BOOTSTRAP_SERVERS, bootstrapServers);
    jobSettings.set(RealmOptions.MODEL_DIRECTORY, settings.models().toString());
    jobSettings.set(LearningOptions.DIRECTORY, settings.learned().toString());
    // files of the run's own folder, and of the one where somebody started it
    jobSettings.set(
        RealmOptions.MODEL_SOURCES,
        List.of(
            "classpath:",
            settings.directory().toUri().toString(),
            Path.of("").toAbsolutePath().toUri().toString()));
    return jobSettings;
  }

  private void prepareTopics(Topics topics, Duration tombstoneTtl)
      throws StartException, InterruptedException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      TopicSetup.create(admin, topics, Retention.of(tombstoneTtl));
      boolean published =
          new CheckpointPublication(
                  new Connection(Map.of("bootstrap.servers", bootstrapServers), topics))
              .publish(settings.model());
      if (published) {
        progress.accept(
            "published checkpoint "
                + CheckpointPublication.checkpoint(settings.model()).retriever());
      }
    } catch (ExecutionException | IllegalStateException e) {
      throw new StartException("the topics cannot be made", e);
    }
  }

  private EmbeddedCluster startCluster(List<EmbeddedJob> jobs)
      throws StartException, InterruptedException {
    ClusterSettings cluster =
        new ClusterSettings(
            settings.directory(),
            settings.dashboardPort(),
            settings.metrics(),
            settings.parallelism());
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      ReadTopics read = new ReadTopics(admin);
      if (settings.discardState()) {
        Folders.delete(cluster.checkpoints());
        read.forget(jobs);
        progress.accept("discarded the jobs' checkpoints");
      }
      for (EmbeddedJob job : jobs) {
        if (job.discardsState()) {
          CheckpointFolder.of(cluster.checkpoints(), job.name()).delete();
          read.forget(List.of(job));
          progress.accept("discarded the checkpoints of " + job.name());
        }
      }
      return new ClusterStart(cluster, jobs, read::by, progress).start();
    } catch (ExecutionException e) {
      throw new StartException("Kafka does not tell what the jobs have read", e);
    }
  }
}
