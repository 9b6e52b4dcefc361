package io.realmstream.deploy.embedded;

import io.realmstream.deploy.embedded.cluster.EmbeddedJob;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What an embedded run is asked for.
 *
 * @param directory where everything lives; created if missing
 * @param kafkaPort 0 = a free one
 * @param dashboardPort of Flink's dashboard and REST interface; 0 = a free one
 * @param metrics where Prometheus reads Flink's metrics; null = nowhere
 * @param parallelism of both jobs, 1 or more
 * @param model name of the checkpoint to publish; null = the default one, if there is none yet
 * @param discardState whether all jobs forget their checkpoints and begin again from the topics;
 *     one alone does so by {@link EmbeddedJob#discardsState}
 */
public record RunSettings(
    Path directory,
    int kafkaPort,
    int dashboardPort,
    @Nullable InetSocketAddress metrics,
    int parallelism,
    @Nullable String model,
    boolean discardState) {
  /** Checks the ranges and makes the folder's name absolute. */
  public RunSettings {
    if (parallelism < 1) {
      throw new IllegalArgumentException("parallelism must be at least 1, not " + parallelism);
    }
    directory = directory.toAbsolutePath().normalize();
  }

  Path kafka() {
    return directory.resolve("kafka");
  }

  /** Where learned projections are kept. */
  Path learned() {
    return directory.resolve("learned");
  }

  /** Where verified model files are kept. */
  public Path models() {
    return directory.resolve("models");
  }
}
