package io.realmstream.deploy.cli.cluster;

import io.realmstream.deploy.cli.CommandFailure;
import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.embedded.ReadTopics;
import io.realmstream.deploy.embedded.cluster.CheckpointFolder;
import io.realmstream.deploy.embedded.cluster.EmbeddedJob;
import io.realmstream.deploy.embedded.cluster.RealmJob;
import io.realmstream.deploy.embedded.host.Folders;
import io.realmstream.jobs.RealmOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.flink.configuration.Configuration;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;

/**
 * Where jobs go on whose checkpoints are in a folder that this machine sees: each from its newest
 * complete one. Flink names the folder of a job's checkpoints by its id, so each has the same id
 * every time.
 */
final class Resumption {
  private final Path checkpoints;
  private final Connection connection;

  Resumption(Path checkpoints, Connection connection) {
    this.checkpoints = checkpoints.toAbsolutePath().normalize();
    this.connection = connection;
  }

  /** The id that a job of that name has every time. */
  static String id(String jobName) {
    return EmbeddedJob.id(jobName).toHexString();
  }

  /** What Flink calls a job. */
  String name(RealmJob job) {
    return job.jobName(connection.topics());
  }

  /**
   * The checkpoint to restore from; null = there never was one, so the job begins empty.
   *
   * @throws CommandFailure FAILED, if the job has read its topics before and has no checkpoint: to
   *     begin empty would quietly leave documents out
   */
  @Nullable String checkpoint(RealmJob job) throws InterruptedException {
    List<Path> complete = CheckpointFolder.of(checkpoints, name(job)).complete();
    if (!complete.isEmpty()) {
      return Folders.flinkPath(complete.get(0));
    }
    if (hasRead(job)) {
      throw CommandFailure.failed(
          "%s has read its topics before, and none of its checkpoints is in %s; without --resume it begins empty"
              .formatted(name(job), checkpoints));
    }
    return null;
  }

  private boolean hasRead(RealmJob job) throws InterruptedException {
    Configuration settings = new Configuration();
    settings.set(RealmOptions.TOPIC_PREFIX, connection.topics().prefix());
    settings.set(RealmOptions.RETRIEVER, connection.topics().retriever());
    try (Admin admin = connection.admin()) {
      return new ReadTopics(admin).by(EmbeddedJob.of(job, settings));
    } catch (ExecutionException e) {
      throw CommandFailure.failed("Kafka does not tell what the jobs have read: " + e.getCause());
    }
  }
}
