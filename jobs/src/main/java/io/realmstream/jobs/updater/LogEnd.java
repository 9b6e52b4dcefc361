package io.realmstream.jobs.updater;

import java.util.Map;
import java.util.Set;

/**
 * Where the documents topic began and ended at one moment.
 *
 * @param atMs the moment, in epoch milliseconds: taken before the brokers were asked
 * @param begins first offset of each partition
 * @param ends offset behind the last record of each partition
 */
record LogEnd(long atMs, Map<Integer, Long> begins, Map<Integer, Long> ends) {

  /** A way to look. */
  interface Lookout extends AutoCloseable {

    @Override
    void close();

    /** Looks at some partitions; blocks. */
    LogEnd look(Set<Integer> partitions) throws Exception;
  }
}
