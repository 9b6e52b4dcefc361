package io.realmstream.deploy.embedded.cluster;

import io.realmstream.deploy.embedded.host.Folders;
import io.realmstream.deploy.embedded.host.StartException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.core.execution.CheckpointType;
import org.apache.flink.core.execution.RecoveryClaimMode;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A real Flink cluster in this process, with dashboard and RocksDB, that runs a set of jobs. */
public final class EmbeddedCluster implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedCluster.class);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(60);

  private final MiniCluster cluster;
  private final String dashboard;
  private final List<EmbeddedJob> jobs = new ArrayList<>();

  private EmbeddedCluster(MiniCluster cluster, String dashboard) {
    this.cluster = cluster;
    this.dashboard = dashboard;
  }

  /**
   * Starts a cluster without jobs; {@link ClusterStart} puts jobs on it.
   *
   * @param jobsMax how many jobs it will have room for
   */
  public static EmbeddedCluster open(ClusterSettings settings, int jobsMax) throws StartException {
    MiniCluster cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(settings.configuration())
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(jobsMax * settings.parallelism())
                .build());
    try {
      cluster.start();
      URI address = cluster.getRestAddress().get();
      return new EmbeddedCluster(cluster, "http://localhost:" + address.getPort());
    } catch (Exception e) { // declared by Flink; whatever it is, nothing runs
      var unused = cluster.closeAsync();
      throw new StartException("Flink did not start", e);
    }
  }

  /** Address of the dashboard. */
  public String dashboard() {
    return dashboard;
  }

  /**
   * Submits a job.
   *
   * @param checkpoint folder to restore from; null = begin empty
   */
  public void submit(EmbeddedJob job, @Nullable Path checkpoint) throws Exception {
    Configuration settings = new Configuration(cluster.getConfiguration());
    settings.addAll(job.settings());
    settings.set(PipelineOptions.NAME, job.name());
    // holds nothing that needs closing, as long as it does not execute
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.getExecutionEnvironment(settings);
    job.topology().build(environment, settings);
    JobGraph graph = environment.getStreamGraph().getJobGraph();
    graph.setJobID(job.id());
    if (checkpoint != null) {
      graph.setSavepointRestoreSettings(
          SavepointRestoreSettings.forPath(
              Folders.flinkPath(checkpoint), false, RecoveryClaimMode.CLAIM));
    }
    cluster.submitJob(graph).get();
    jobs.add(job);
  }

  /** How far a submitted job is. */
  public JobProgress progress(EmbeddedJob job) throws ExecutionException, InterruptedException {
    return JobProgress.of(cluster.getExecutionGraphInfo(job.id()).get());
  }

  /** Completes when a job has ended for good, which none should; with the reason in one line. */
  public CompletableFuture<String> jobEnd() {
    CompletableFuture<?>[] ends =
        jobs.stream()
            .map(job -> cluster.requestJobResult(job.id()).thenApply(end -> reason(job, end)))
            .toArray(CompletableFuture<?>[]::new);
    return CompletableFuture.anyOf(ends).thenApply(String.class::cast);
  }

  /** Takes a last checkpoint of each job, so that the next start repeats little, and stops. */
  @Override
  public void close() {
    List<CompletableFuture<?>> checkpoints = new ArrayList<>();
    for (EmbeddedJob job : jobs) {
      checkpoints.add(cluster.triggerCheckpoint(job.id(), CheckpointType.CONFIGURED));
    }
    await("a last checkpoint", checkpoints);
    List<CompletableFuture<?>> ends = new ArrayList<>();
    for (EmbeddedJob job : jobs) {
      ends.add(cluster.cancelJob(job.id()).thenCompose(ok -> cluster.requestJobResult(job.id())));
    }
    await("the end of the jobs", ends);
    closeAtOnce();
  }

  /** Stops without a last checkpoint; the jobs count as suspended and keep what they have. */
  public void closeAtOnce() {
    await("the end of the cluster", List.of(cluster.closeAsync()));
  }

  private static void await(String what, List<CompletableFuture<?>> futures) {
    try {
      CompletableFuture.allOf(futures.toArray(CompletableFuture<?>[]::new))
          .get(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      // a job that is just restarting cannot do it; its older checkpoints do
      LOG.warn("no {}: {}", what, StartException.firstLine(e));
    } catch (TimeoutException e) {
      LOG.warn("no {} within {} s", what, STOP_TIMEOUT.toSeconds());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String reason(EmbeddedJob job, JobResult end) {
    return job.name()
        + " ended as "
        + end.getJobStatus().map(Enum::name).orElse("UNKNOWN")
        + end.getSerializedThrowable().map(e -> ": " + StartException.firstLine(e)).orElse("");
  }
}
