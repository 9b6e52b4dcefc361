package io.realmstream.deploy.embedded.cluster;

import io.realmstream.jobs.RealmOptions;
import io.realmstream.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;

/**
 * A job for the embedded cluster.
 *
 * @param name unique; decides the job's id, and so the folder of its checkpoints
 * @param group beginning of the names of its sources' consumer groups; empty = it has none
 * @param settings what both Flink and the topology read, on top of the cluster's settings
 * @param discardsState whether it forgets its checkpoints and begins again from the topics
 */
public record EmbeddedJob(
    String name,
    String group,
    Configuration settings,
    RealmJob.Topology topology,
    boolean discardsState) {
  /** A job of a knowledge base with these settings. */
  public static EmbeddedJob of(RealmJob job, Configuration settings) {
    Topics topics = RealmOptions.topics(settings);
    return new EmbeddedJob(job.jobName(topics), job.group(topics), settings, job.topology(), false);
  }

  /** The same, but it begins without state. */
  public EmbeddedJob discardingState() {
    return new EmbeddedJob(name, group, settings, topology, true);
  }

  /** The jobs of a knowledge base with these settings. */
  public static List<EmbeddedJob> all(Configuration settings) {
    return RealmJob.wanted(settings).stream().map(job -> of(job, settings)).toList();
  }

  public JobID id() {
    return id(name);
  }

  /** The same in every run, since Flink names the folder of a job's checkpoints by its id. */
  public static JobID id(String name) {
    UUID uuid = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    return new JobID(uuid.getLeastSignificantBits(), uuid.getMostSignificantBits());
  }
}
