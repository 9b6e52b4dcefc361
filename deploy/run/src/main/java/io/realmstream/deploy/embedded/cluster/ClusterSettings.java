package io.realmstream.deploy.embedded.cluster;

import io.realmstream.deploy.embedded.host.Folders;
import io.realmstream.deploy.metrics.PrometheusReporterFactory;
import io.realmstream.jobs.launch.JobSettings;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.jspecify.annotations.Nullable;

/**
 * How the embedded Flink cluster runs.
 *
 * @param directory absolute; checkpoints go to {@code checkpoints} and temporary files to {@code
 *     tmp} under it
 * @param dashboardPort of Flink's dashboard and REST interface; 0 = a free one
 * @param metrics where Prometheus reads the metrics of both jobs; null = nowhere
 * @param parallelism of every job
 */
public record ClusterSettings(
    Path directory, int dashboardPort, @Nullable InetSocketAddress metrics, int parallelism) {
  /** RocksDB's share of memory outside the heap, for all jobs together. */
  private static final MemorySize MANAGED_MEMORY = MemorySize.ofMebiBytes(512);

  private static final MemorySize NETWORK_MEMORY = MemorySize.ofMebiBytes(128);

  private static final String REPORTER = "metrics.reporter.prometheus.";

  /** Cores of this machine, but never so many that small jobs pay for exchanges among many. */
  public static int defaultParallelism() {
    return Math.max(1, Math.min(4, Runtime.getRuntime().availableProcessors()));
  }

  public Path checkpoints() {
    return directory.resolve("checkpoints");
  }

  public Path temporary() {
    return directory.resolve("tmp");
  }

  /** Flink's settings, for the cluster and, as their start, for each job. */
  public Configuration configuration() {
    Configuration settings = JobSettings.configuration();
    cluster(settings);
    jobs(settings);
    return settings;
  }

  private void cluster(Configuration settings) {
    settings.set(JobManagerOptions.ADDRESS, "localhost");
    // of the BLOB server, too, which hands out whatever the jobs consist of
    settings.set(JobManagerOptions.BIND_HOST, "localhost");
    settings.set(TaskManagerOptions.BIND_HOST, "localhost");
    settings.set(RestOptions.ADDRESS, "localhost");
    settings.set(RestOptions.BIND_ADDRESS, "localhost");
    settings.set(RestOptions.PORT, dashboardPort);
    settings.set(RestOptions.BIND_PORT, Integer.toString(dashboardPort));
    // the dashboard shows; jobs start and end with this process
    settings.set(WebOptions.SUBMIT_ENABLE, false);
    settings.set(WebOptions.CANCEL_ENABLE, false);
    if (metrics != null) {
      settings.setString(REPORTER + "factory.class", PrometheusReporterFactory.class.getName());
      settings.setString(REPORTER + PrometheusReporterFactory.HOST, metrics.getHostString());
      settings.setString(
          REPORTER + PrometheusReporterFactory.PORT, Integer.toString(metrics.getPort()));
    }
    settings.set(CoreOptions.TMP_DIRS, Folders.listable(temporary()).toString());
    settings.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MANAGED_MEMORY);
    settings.set(TaskManagerOptions.NETWORK_MEMORY_MIN, NETWORK_MEMORY);
    settings.set(TaskManagerOptions.NETWORK_MEMORY_MAX, NETWORK_MEMORY);
  }

  private void jobs(Configuration settings) {
    settings.set(CoreOptions.DEFAULT_PARALLELISM, parallelism);
    settings.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
    settings.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, Folders.flinkPath(checkpoints()));
  }
}
