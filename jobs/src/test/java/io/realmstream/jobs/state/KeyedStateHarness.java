package io.realmstream.jobs.state;

import io.realmstream.jobs.Shards;
import io.realmstream.jobs.retriever.StateEntries;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;

/** An operator on RocksDB that does nothing, in whose state a test opens what it wants. */
public final class KeyedStateHarness implements AutoCloseable {
  public static final Shards SHARDS = new Shards(16);

  private KeyedOneInputStreamOperatorTestHarness<Integer, Integer, Integer> harness;

  public KeyedStateHarness() throws Exception {
    harness = harness();
    harness.open();
  }

  public AbstractStreamOperator<Integer> operator() {
    return (Idle) harness.getOperator();
  }

  public RuntimeContext context() {
    return operator().getRuntimeContext();
  }

  /** Makes a shard's key the current one. */
  public void shard(int number) {
    operator().setCurrentKey(SHARDS.key(number));
  }

  /** What the clock shows by which state expires. */
  public void time(long ms) throws Exception {
    harness.setStateTtlProcessingTime(ms);
  }

  /** How many entries all of its keyed states have together. */
  public int entries() throws Exception {
    return StateEntries.count(harness);
  }

  /** Goes on from a checkpoint; no key is current, and what was opened is to be opened anew. */
  public void restore() throws Exception {
    OperatorSubtaskState snapshot = harness.snapshot(1, 1);
    harness.close();
    harness = harness();
    harness.initializeState(snapshot);
    harness.open();
  }

  @Override
  public void close() {
    try {
      harness.close();
    } catch (Exception e) {
      throw new AssertionError("the operator does not close", e);
    }
  }

  private static KeyedOneInputStreamOperatorTestHarness<Integer, Integer, Integer> harness()
      throws Exception {
    var harness =
        new KeyedOneInputStreamOperatorTestHarness<Integer, Integer, Integer>(
            new Idle(), SHARDS::key, Types.INT, SHARDS.count(), 1, 0);
    harness.setStateBackend(new EmbeddedRocksDBStateBackend());
    return harness;
  }

  private static final class Idle extends AbstractStreamOperator<Integer>
      implements OneInputStreamOperator<Integer, Integer> {
    private static final long serialVersionUID = 1L;

    @Override
    public void processElement(StreamRecord<Integer> record) {}
  }
}
