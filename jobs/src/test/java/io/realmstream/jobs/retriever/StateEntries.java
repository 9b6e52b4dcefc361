package io.realmstream.jobs.retriever;

import org.apache.flink.api.common.state.MapStateDescriptor;
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

  /** Entries of a broadcast state. */
  static <K, V> int broadcast(
      AbstractStreamOperatorTestHarness<?> harness, MapStateDescriptor<K, V> state)
      throws Exception {
    AbstractStreamOperator<?> operator = (AbstractStreamOperator<?>) harness.getOperator();
    int count = 0;
    for (var unused : operator.getOperatorStateBackend().getBroadcastState(state).entries()) {
      count++;
    }
    return count;
  }
}
