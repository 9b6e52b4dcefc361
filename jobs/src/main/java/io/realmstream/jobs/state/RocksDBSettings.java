package io.realmstream.jobs.state;

import java.time.Duration;
import java.util.Collection;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.state.rocksdb.ConfigurableRocksDBOptionsFactory;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.DBOptions;

/**
 * What Flink has no option for, named in the settings of each job.
 *
 * <ul>
 *   <li>Bloom filters for RocksDB's write buffers, too. Nearly every key that is read is somewhere
 *       else, and without a filter each read learns that by following some twenty pointers through
 *       a skip list that is larger than the processor's cache.
 *   <li>{@link #FORGET_WITHIN}: removed values leave the files, too.
 * </ul>
 */
public final class RocksDBSettings implements ConfigurableRocksDBOptionsFactory {
  /** A setting of Flink's, since the state backend does not see those of the jobs. */
  public static final ConfigOption<Duration> FORGET_WITHIN =
      ConfigOptions.key("state.backend.rocksdb.forget-within")
          .durationType()
          .defaultValue(Duration.ofDays(1))
          .withDescription(
              "Files of the state that are older are compacted down to the last level, where removed"
                  + " values end. A state's files are looked at when something is written to it.");

  private static final long serialVersionUID = 1L;

  /** Of a write buffer: some ten bits for each value of a few hundred bytes. */
  private static final double SIZE_RATIO = 0.005;

  private long forgetWithinSeconds = FORGET_WITHIN.defaultValue().toSeconds();

  @Override
  public RocksDBSettings configure(ReadableConfig settings) {
    forgetWithinSeconds = Math.max(1, settings.get(FORGET_WITHIN).toSeconds());
    return this;
  }

  @Override
  public DBOptions createDBOptions(DBOptions options, Collection<AutoCloseable> toClose) {
    return options;
  }

  @Override
  public ColumnFamilyOptions createColumnOptions(
      ColumnFamilyOptions options, Collection<AutoCloseable> toClose) {
    return options
        .setMemtablePrefixBloomSizeRatio(SIZE_RATIO)
        .setMemtableWholeKeyFiltering(true)
        .setTtl(forgetWithinSeconds);
  }
}
