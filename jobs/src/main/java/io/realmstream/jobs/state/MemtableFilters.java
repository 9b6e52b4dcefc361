package io.realmstream.jobs.state;

import java.util.Collection;
import org.apache.flink.state.rocksdb.RocksDBOptionsFactory;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.DBOptions;

/**
 * What Flink has no option for: bloom filters for RocksDB's write buffers, too. Nearly every key
 * that is read is somewhere else, and without a filter each read learns that by following some
 * twenty pointers through a skip list that is larger than the processor's cache. Named in the
 * settings of each job.
 */
public final class MemtableFilters implements RocksDBOptionsFactory {
  private static final long serialVersionUID = 1L;

  /** Of a write buffer: some ten bits for each value of a few hundred bytes. */
  private static final double SIZE_RATIO = 0.005;

  @Override
  public DBOptions createDBOptions(DBOptions options, Collection<AutoCloseable> toClose) {
    return options;
  }

  @Override
  public ColumnFamilyOptions createColumnOptions(
      ColumnFamilyOptions options, Collection<AutoCloseable> toClose) {
    return options.setMemtablePrefixBloomSizeRatio(SIZE_RATIO).setMemtableWholeKeyFiltering(true);
  }
}
