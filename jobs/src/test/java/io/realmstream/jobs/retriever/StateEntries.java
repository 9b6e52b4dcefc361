package io.realmstream.jobs.retriever;

import org.apache.flink.state.rocksdb.RocksDBKeyedStateBackend;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;

/** How much an operator keeps. */
final class StateEntries {
  private StateEntries() {}

  /**
   * Entries of all its keyed states, those of a map each for itself. A snapshot comes first: it
   * writes what the timers hold back.
   */
  static int count(AbstractStreamOperatorTestHarness<?> harness) throws Exception {
    var unused = harness.snapshot(9, 9);
    AbstractStreamOperator<?> operator = (AbstractStreamOperator<?>) harness.getOperator();
    return ((RocksDBKeyedStateBackend<?>) operator.getKeyedStateBackend())
        .numKeyValueStateEntries();
  }
}
