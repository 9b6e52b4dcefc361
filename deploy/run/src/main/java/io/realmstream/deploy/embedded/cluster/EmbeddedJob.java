package io.realmstream.deploy.embedded.cluster;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * A job for the embedded cluster.
 *
 * @param name unique; decides the job's id, and so the folder of its checkpoints
 * @param group beginning of the names of its sources' consumer groups; empty = it has none
 * @param settings what both Flink and the topology read, on top of the cluster's settings
 */
public record EmbeddedJob(String name, String group, Configuration settings, Topology topology) {
  /** Draws a job's graph into an environment. */
  @FunctionalInterface
  public interface Topology {
    void build(StreamExecutionEnvironment environment, Configuration settings) throws Exception;
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
