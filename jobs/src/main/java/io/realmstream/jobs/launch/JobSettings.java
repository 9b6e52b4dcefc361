package io.realmstream.jobs.launch;

import io.realmstream.jobs.state.RocksDBSettings;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.state.rocksdb.RocksDBConfigurableOptions;
import org.apache.flink.state.rocksdb.RocksDBNativeMetricOptions;
import org.apache.flink.state.rocksdb.RocksDBOptions;
import org.rocksdb.CompressionType;

/** Flink's settings of each job, wherever it runs; where checkpoints go is the cluster's choice. */
public final class JobSettings {
  /** How often a checkpoint begins. */
  public static final Duration CHECKPOINT_INTERVAL = Duration.ofSeconds(10);

  /** None begins just behind another: a stop takes one, and what it meets it would break off. */
  private static final Duration CHECKPOINT_PAUSE = Duration.ofSeconds(3);

  /** A checkpoint or savepoint that takes longer has failed; it may hold the whole state. */
  private static final Duration CHECKPOINT_TIMEOUT = Duration.ofMinutes(3);

  /** So many may fail in a row, for instance while their store is away; one more is a restart. */
  private static final int CHECKPOINT_FAILURES_MAX = 5;

  public static final int CHECKPOINTS_RETAINED = 3;

  private JobSettings() {}

  /** A fresh copy. */
  public static Configuration configuration() {
    Configuration settings = new Configuration();
    settings.set(PipelineOptions.GENERIC_TYPES, false);
    settings.set(PipelineOptions.OBJECT_REUSE, true);
    // a lone query or edit must not wait for a buffer to fill; without a timeout there are no
    // flushing threads, which at 1 ms cost a third of a core when nothing happens
    settings.set(ExecutionOptions.BUFFER_TIMEOUT, Duration.ZERO);
    settings.set(StateBackendOptions.STATE_BACKEND, "rocksdb");
    // vectors and their codes do not compress, and nearly every read is of one key
    settings.set(
        RocksDBConfigurableOptions.COMPRESSION_PER_LEVEL, List.of(CompressionType.NO_COMPRESSION));
    settings.set(RocksDBConfigurableOptions.USE_BLOOM_FILTER, true);
    settings.set(RocksDBOptions.OPTIONS_FACTORY, RocksDBSettings.class.getName());
    // read at each scrape, and not otherwise
    settings.set(RocksDBNativeMetricOptions.COLUMN_FAMILY_AS_VARIABLE, true);
    settings.set(RocksDBNativeMetricOptions.BLOCK_CACHE_USAGE, true);
    settings.set(RocksDBNativeMetricOptions.MONITOR_SIZE_ALL_MEM_TABLES, true);
    settings.set(RocksDBNativeMetricOptions.MONITOR_TOTAL_SST_FILES_SIZE, true);
    settings.set(RocksDBNativeMetricOptions.ESTIMATE_PENDING_COMPACTION_BYTES, true);
    settings.set(RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
    settings.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_INITIAL_BACKOFF,
        Duration.ofMillis(500));
    settings.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF,
        Duration.ofSeconds(30));
    settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, CHECKPOINT_INTERVAL);
    settings.set(CheckpointingOptions.MIN_PAUSE_BETWEEN_CHECKPOINTS, CHECKPOINT_PAUSE);
    settings.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
    settings.set(CheckpointingOptions.MAX_RETAINED_CHECKPOINTS, CHECKPOINTS_RETAINED);
    settings.set(
        CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
        ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    // a barrier that overtakes questions jams the retriever for ever: see DECISIONS.md
    settings.set(CheckpointingOptions.ENABLE_UNALIGNED, false);
    settings.set(CheckpointingOptions.CHECKPOINTING_TIMEOUT, CHECKPOINT_TIMEOUT);
    settings.set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, CHECKPOINT_FAILURES_MAX);
    return settings;
  }
}
