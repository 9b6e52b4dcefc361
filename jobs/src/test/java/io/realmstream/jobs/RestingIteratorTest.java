package io.realmstream.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Iterator;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.Test;

class RestingIteratorTest {
  private static final int ENTRIES = 1_000;

  /** Whichever entry goes while the walk rests, RocksDB's own iterator would miss some others. */
  @Test
  void walkSeesEveryEntryAlthoughTheLastOneSeenIsRemoved() throws Exception {
    var harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(new RemovingFunction()),
            (Integer record) -> record,
            Types.INT);
    harness.setStateBackend(new EmbeddedRocksDBStateBackend());
    harness.open();
    harness.processElement(0, 0);

    assertThat(harness.extractOutputValues()).hasSize(ENTRIES).doesNotHaveDuplicates();
    harness.close();
  }

  /** Removes each entry right after it was seen. */
  private static final class RemovingFunction
      extends KeyedProcessFunction<Integer, Integer, Integer> {
    private static final long serialVersionUID = 1L;

    @Override
    public void processElement(Integer record, Context context, Collector<Integer> out)
        throws Exception {
      MapState<Integer, Boolean> map =
          getRuntimeContext()
              .getMapState(new MapStateDescriptor<>("map", Integer.class, Boolean.class));
      for (int i = 0; i < ENTRIES; i++) {
        map.put(i, true);
      }
      Iterator<Integer> walk = new RestingIterator<>(map.keys());
      while (walk.hasNext()) {
        Integer seen = walk.next();
        map.remove(seen);
        out.collect(seen);
      }
      assertThat(map.isEmpty()).isTrue();
    }
  }
}
