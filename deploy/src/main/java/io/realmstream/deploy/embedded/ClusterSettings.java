package io.realmstream.deploy.embedded;

import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.jspecify.annotations.Nullable;

/**
 * How the embedded Flink cluster runs.
 *
 * @param directory absolute; checkpoints go to {@code checkpoints} and temporary files to {@code
 *     tmp} under it
 * @param dashboardPort of Flink's dashboard and REST interface; 0 = a free one
 * @param metricsPort where Prometheus reads the metrics of both jobs; null = nowhere
 * @param parallelism of every job
 */
public record ClusterSettings(
    Path directory, int dashboardPort, @Nullable Integer metricsPort, int parallelism) {
  /** How often a checkpoint begins. */
  public static final Duration CHECKPOINT_INTERVAL = Duration.ofSeconds(10);

  static final int CHECKPOINTS_RETAINED = 3;

  /** RocksDB's share of memory outside the heap, for all jobs together. */
  private static final MemorySize MANAGED_MEMORY = MemorySize.ofMebiBytes(512);

  private static final MemorySize NETWORK_MEMORY = MemorySize.ofMebiBytes(128);

  private static final String PROMETHEUS =
      "org.apache.flink.metrics.prometheus.PrometheusReporterFactory";

  /** Cores of this machine, but never so many that small jobs pay for exchanges among many. */
  public static int defaultParallelism() {
    return Math.max(1, Math.min(4, Runtime.getRuntime().availableProcessors()));
  }

  Path checkpoints() {
    return directory.resolve("checkpoints");
  }

  Path temporary() {
    return directory.resolve("tmp");
  }

  /** Flink's settings, for the cluster and, as their start, for each job. */
  Configuration configuration() {
    Configuration settings = new Configuration();
    cluster(settings);
    jobs(settings);
    checkpoints(settings);
    return settings;
  }

  private void cluster(Configuration settings) {
    settings.set(JobManagerOptions.ADDRESS, "localhost");
    settings.set(RestOptions.ADDRESS, "localhost");
    settings.set(RestOptions.BIND_ADDRESS, "localhost");
    settings.set(RestOptions.PORT, dashboardPort);
    settings.set(RestOptions.BIND_PORT, Integer.toString(dashboardPort));
    // the dashboard shows; jobs start and end with this process
    settings.set(WebOptions.SUBMIT_ENABLE, false);
    settings.set(WebOptions.CANCEL_ENABLE, false);
    if (metricsPort != null) {
      settings.setString("metrics.reporter.prometheus.factory.class", PROMETHEUS);
      settings.setString("metrics.reporter.prometheus.port", metricsPort.toString());
      // operators keep the hyphens in their names
      settings.setString("metrics.reporter.prometheus.filterLabelValueCharacters", "false");
    }
    settings.set(CoreOptions.TMP_DIRS, temporary().toString());
    settings.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MANAGED_MEMORY);
    settings.set(TaskManagerOptions.NETWORK_MEMORY_MIN, NETWORK_MEMORY);
    settings.set(TaskManagerOptions.NETWORK_MEMORY_MAX, NETWORK_MEMORY);
  }

  private void jobs(Configuration settings) {
    settings.set(CoreOptions.DEFAULT_PARALLELISM, parallelism);
    settings.set(PipelineOptions.GENERIC_TYPES, false);
    settings.set(PipelineOptions.OBJECT_REUSE, true);
    // a lone query or edit must not wait for a buffer to fill; without a timeout there are no
    // flushing threads, which at 1 ms cost a third of a core when nothing happens
    settings.set(ExecutionOptions.BUFFER_TIMEOUT, Duration.ZERO);
    settings.set(StateBackendOptions.STATE_BACKEND, "rocksdb");
    settings.set(RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
    settings.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_INITIAL_BACKOFF,
        Duration.ofMillis(500));
    settings.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF,
        Duration.ofSeconds(30));
  }

  private void checkpoints(Configuration settings) {
    settings.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
    settings.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints().toUri().toString());
    settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, CHECKPOINT_INTERVAL);
    settings.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
    settings.set(CheckpointingOptions.MAX_RETAINED_CHECKPOINTS, CHECKPOINTS_RETAINED);
    settings.set(
        CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
        ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    // aligned barriers would make every query wait while a bulk load is on its way
    settings.set(CheckpointingOptions.ENABLE_UNALIGNED, true);
    settings.set(CheckpointingOptions.ALIGNED_CHECKPOINT_TIMEOUT, Duration.ofMillis(100));
    // the first checkpoint may come before every task runs; that is no reason to restart
    settings.set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, 10);
  }
}
