package io.realmstream.jobs.updater;

import io.realmstream.model.freshness.LogLook;
import java.util.Map;

/** A way to look at the documents topic. */
interface Lookout extends AutoCloseable {

  @Override
  void close();

  /**
   * Looks; blocks.
   *
   * @param read the offset to be read next of each partition to look at; negative = not known yet
   */
  LogLook look(Map<Integer, Long> read) throws Exception;
}
