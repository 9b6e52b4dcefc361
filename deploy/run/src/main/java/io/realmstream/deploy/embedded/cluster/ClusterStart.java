package io.realmstream.deploy.embedded.cluster;

import io.realmstream.deploy.embedded.host.Folders;
import io.realmstream.deploy.embedded.host.StartException;
import io.realmstream.jobs.launch.JobSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Starts the cluster with its jobs, each from its newest checkpoint that restores.
 *
 * <p>Whether a checkpoint restores only Flink can tell, by trying. One that fails is set aside and
 * all jobs start again on a new cluster, since a cluster takes a job's id but once. A job that has
 * checkpoints, or had some, never begins empty: its topics have been read, so it would be quietly
 * incomplete.
 */
public final class ClusterStart {
  private static final Duration START_TIMEOUT = Duration.ofMinutes(3);
  private static final Duration POLL_INTERVAL = Duration.ofMillis(100);

  private static final String BEGIN_AGAIN = "--discard-state begins again from the topics";

  private final ClusterSettings settings;
  private final List<EmbeddedJob> jobs;
  private final Predicate<EmbeddedJob> hasRead;
  private final Consumer<String> progress;
  private final Map<EmbeddedJob, String> newestFailures = new HashMap<>();

  /**
   * @param hasRead whether a job has had a checkpoint, as far as its topics tell
   * @param progress takes lines for the person who waits
   */
  public ClusterStart(
      ClusterSettings settings,
      List<EmbeddedJob> jobs,
      Predicate<EmbeddedJob> hasRead,
      Consumer<String> progress) {
    this.settings = settings;
    this.jobs = jobs;
    this.hasRead = hasRead;
    this.progress = progress;
  }

  /**
   * Returns the cluster once every task of every job runs.
   *
   * @throws StartException if a job had checkpoints and none restores, or does not run at all
   */
  public EmbeddedCluster start() throws StartException, InterruptedException {
    jobs.forEach(job -> folder(job).sweep(JobSettings.CHECKPOINTS_RETAINED));
    Folders.delete(settings.temporary());
    try {
      while (true) {
        EmbeddedCluster cluster = EmbeddedCluster.open(settings, jobs.size());
        @Nullable Failure failure = tryJobs(cluster);
        if (failure == null) {
          return cluster;
        }
        cluster.closeAtOnce();
        giveUpOrSetAside(failure);
      }
    } catch (StartException | InterruptedException | RuntimeException e) {
      // the next start may try them all again
      jobs.forEach(job -> folder(job).bringBack());
      throw e;
    }
  }

  private @Nullable Failure tryJobs(EmbeddedCluster cluster)
      throws StartException, InterruptedException {
    try {
      return submitAndAwait(cluster);
    } catch (StartException | InterruptedException | RuntimeException e) {
      cluster.closeAtOnce();
      throw e;
    }
  }

  private @Nullable Failure submitAndAwait(EmbeddedCluster cluster)
      throws StartException, InterruptedException {
    Map<EmbeddedJob, @Nullable Path> checkpoints = new HashMap<>();
    for (EmbeddedJob job : jobs) {
      @Nullable Path checkpoint = folder(job).complete().stream().findFirst().orElse(null);
      if (checkpoint == null && hasRead.test(job)) {
        throw new StartException(
            "%s has read its topics before, and none of its checkpoints is in %s; %s"
                .formatted(job.name(), settings.checkpoints(), BEGIN_AGAIN));
      }
      checkpoints.put(job, checkpoint);
      progress.accept(
          checkpoint == null
              ? job.name() + " begins"
              : job.name() + " resumes from " + checkpoint.getFileName());
      submit(cluster, job, checkpoint);
    }
    Instant end = Instant.now().plus(START_TIMEOUT);
    for (EmbeddedJob job : jobs) {
      @Nullable String failure = awaitRunning(cluster, job, end);
      if (failure != null) {
        return new Failure(job, checkpoints.get(job), failure);
      }
    }
    return null;
  }

  private static void submit(EmbeddedCluster cluster, EmbeddedJob job, @Nullable Path checkpoint)
      throws StartException, InterruptedException {
    try {
      cluster.submit(job, checkpoint);
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) { // declared by Flink; a topology that cannot be built is no defect here
      throw new StartException(job.name() + " cannot be submitted", e);
    }
  }

  private static @Nullable String awaitRunning(
      EmbeddedCluster cluster, EmbeddedJob job, Instant end)
      throws StartException, InterruptedException {
    while (Instant.now().isBefore(end)) {
      try {
        JobProgress now = cluster.progress(job);
        if (now.running() || now.failure() != null) {
          return now.failure();
        }
      } catch (ExecutionException e) {
        throw new StartException("Flink does not tell how " + job.name() + " is", e);
      }
      Thread.sleep(POLL_INTERVAL.toMillis());
    }
    throw new StartException(
        job.name() + " did not run within " + START_TIMEOUT.toSeconds() + " s");
  }

  private void giveUpOrSetAside(Failure failure) throws StartException {
    EmbeddedJob job = failure.job();
    @Nullable Path checkpoint = failure.checkpoint();
    if (checkpoint == null) {
      throw new StartException(job.name() + " does not run: " + failure.reason());
    }
    String reason = checkpoint.getFileName() + ": " + failure.reason();
    progress.accept(job.name() + " does not resume from " + reason);
    newestFailures.putIfAbsent(job, reason);
    folder(job).setAside(checkpoint);
    if (folder(job).complete().isEmpty()) {
      throw new StartException(
          "no checkpoint of "
              + job.name()
              + " restores ("
              + newestFailures.get(job)
              + "); "
              + BEGIN_AGAIN);
    }
  }

  private CheckpointFolder folder(EmbeddedJob job) {
    return CheckpointFolder.of(settings.checkpoints(), job.name());
  }

  private record Failure(EmbeddedJob job, @Nullable Path checkpoint, String reason) {}
}
