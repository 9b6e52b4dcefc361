package io.realmstream.jobs.retriever;

import io.realmstream.jobs.retriever.cells.KeyedBlocks;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.state.rocksdb.RocksDBKeyedStateBackend;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;

/** How much an operator keeps. */
public final class StateEntries {
  private StateEntries() {}

  /**
   * Entries of all its keyed states, those of a map each for itself. A snapshot comes first: it
   * writes what the timers hold back.
   */
  public static int count(AbstractStreamOperatorTestHarness<?> harness) throws Exception {
    var unused = harness.snapshot(9, 9);
    AbstractStreamOperator<?> operator = (AbstractStreamOperator<?>) harness.getOperator();
    return ((RocksDBKeyedStateBackend<?>) operator.getKeyedStateBackend())
        .numKeyValueStateEntries();
  }

  /** Entries of a broadcast state. */
  public static <K, V> int broadcast(
      AbstractStreamOperatorTestHarness<?> harness, MapStateDescriptor<K, V> state)
      throws Exception {
    AbstractStreamOperator<?> operator = (AbstractStreamOperator<?>) harness.getOperator();
    int count = 0;
    for (var unused : operator.getOperatorStateBackend().getBroadcastState(state).entries()) {
      count++;
    }
    return count;
  }

  /** The partitions that a {@code cells} operator has blocks or vectors of. */
  static Set<Integer> partitions(AbstractStreamOperatorTestHarness<?> cells) throws Exception {
    KeyedStateBackend<Integer> backend =
        ((AbstractStreamOperator<?>) cells.getOperator()).getKeyedStateBackend();
    Set<Integer> held = new TreeSet<>();
    for (var state : List.of(KeyedBlocks.BLOCKS, KeyedBlocks.VECTORS)) {
      try (Stream<Tuple2<Integer, byte[]>> keys = backend.getKeysAndNamespaces(state.getName())) {
        // the partition stands behind the version
        keys.forEach(key -> held.add(ByteBuffer.wrap(key.f1).getInt(Integer.BYTES)));
      }
    }
    return held;
  }
}
