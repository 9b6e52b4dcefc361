package io.realmstream.jobs.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.model.state.Walk;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.Collector;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateTableTest {
  private static final int ENTRIES = 300;

  /** Around each end of what RocksDB's iterators read at a time; all take some minutes. */
  private static final List<Integer> RESTS =
      Boolean.getBoolean("realm.walks.all")
          ? IntStream.rangeClosed(0, ENTRIES).boxed().toList()
          : List.of(0, 1, 60, 126, 127, 128, 129, 200, 254, 255, 256, 257, 299, 300);

  /**
   * RocksDB's own iterator would step over an entry; see {@link Walk}. With {@code
   * -Drealm.walks.all=true} every entry is removed at every position.
   */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void everyEntryRemovedWhileAWalkRestsLosesNoOther(boolean expires) throws Exception {
    var harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(new WalkingFunction(expires)),
            (Integer record) -> record,
            Types.INT);
    harness.setStateBackend(new EmbeddedRocksDBStateBackend());
    harness.open();
    harness.processElement(0, 0);

    assertThat(harness.extractOutputValues()).isEmpty();
    harness.close();
  }

  /** Tells at which positions a walk lost an entry that stood, or saw one that did not. */
  private static final class WalkingFunction
      extends KeyedProcessFunction<Integer, Integer, String> {
    private static final long serialVersionUID = 1L;

    private final boolean expires;

    WalkingFunction(boolean expires) {
      this.expires = expires;
    }

    @Override
    public void processElement(Integer record, Context context, Collector<String> out) {
      MapStateDescriptor<Integer, Boolean> descriptor =
          new MapStateDescriptor<>("table", Integer.class, Boolean.class);
      if (expires) {
        descriptor.enableTimeToLive(StateTtlConfig.newBuilder(Duration.ofDays(1)).build());
      }
      StateTable<Integer, Boolean> table =
          new StateTable<>(getRuntimeContext().getMapState(descriptor));
      for (int i = 0; i < ENTRIES; i++) {
        table.put(i, true);
      }
      for (int rest : RESTS) {
        for (int victim = 0; victim < ENTRIES; victim++) {
          BitSet seen = walk(table, rest, victim);
          boolean wasSeen = victim < rest;
          if (seen.get(victim) != wasSeen || seen.cardinality() != ENTRIES - (wasSeen ? 0 : 1)) {
            out.collect("rest after " + rest + ", removed " + victim + ": saw " + seen);
          }
          table.put(victim, true);
        }
      }
    }

    /** Keys come in the order of their numbers, which RocksDB has big-endian. */
    private static BitSet walk(StateTable<Integer, Boolean> table, int rest, int victim) {
      BitSet seen = new BitSet();
      Walk<Integer> walk = new Walk<>(table);
      for (int step = 0; step < rest; step++) {
        seen.set(Objects.requireNonNull(walk.next()));
      }
      table.remove(victim);
      for (Integer key = walk.next(); key != null; key = walk.next()) {
        seen.set(key);
      }
      return seen;
    }
  }
}
