package io.realmstream.jobs.retriever.cells;

import io.realmstream.jobs.Shards;
import io.realmstream.model.serving.placement.CellUpdate;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;

/** Subtasks of the cells operator on RocksDB; each record goes to the one that has its shard. */
final class CellsHarness {
  static final int SHARDS = 16;
  private static final Shards KEYS = new Shards(SHARDS);

  private final List<KeyedTwoInputStreamOperatorTestHarness<Integer, CellUpdate, Probe, Partial>>
      subtasks = new ArrayList<>();

  CellsHarness(long heapBytesMax, int parallelism) throws Exception {
    for (int i = 0; i < parallelism; i++) {
      subtasks.add(subtask(heapBytesMax, parallelism, i));
      subtasks.get(i).open();
    }
  }

  private CellsHarness() {}

  /** What every subtask took a snapshot of, spread over another number of subtasks. */
  CellsHarness restored(long heapBytesMax, int parallelism) throws Exception {
    OperatorSubtaskState[] states = new OperatorSubtaskState[subtasks.size()];
    for (int i = 0; i < states.length; i++) {
      subtasks.get(i).prepareSnapshotPreBarrier(1);
      states[i] = subtasks.get(i).snapshot(1, 1);
    }
    OperatorSubtaskState all = AbstractStreamOperatorTestHarness.repackageState(states);
    CellsHarness restored = new CellsHarness();
    for (int i = 0; i < parallelism; i++) {
      var subtask = subtask(heapBytesMax, parallelism, i);
      subtask.initializeState(
          AbstractStreamOperatorTestHarness.repartitionOperatorState(
              all, SHARDS, states.length, parallelism, i));
      subtask.open();
      restored.subtasks.add(subtask);
    }
    return restored;
  }

  void update(CellUpdate update) throws Exception {
    of(update.place().cellShard()).processElement1(new StreamRecord<>(update));
  }

  void probe(Probe probe) throws Exception {
    of(probe.cellShard()).processElement2(new StreamRecord<>(probe));
  }

  void setTime(long timeMs) throws Exception {
    for (var subtask : subtasks) {
      subtask.setProcessingTime(timeMs);
    }
  }

  void beforeSnapshot() throws Exception {
    for (var subtask : subtasks) {
      subtask.prepareSnapshotPreBarrier(1);
    }
  }

  <T> List<T> side(OutputTag<T> tag) {
    List<T> values = new ArrayList<>();
    for (var subtask : subtasks) {
      var records = subtask.getSideOutput(tag);
      if (records != null) {
        records.forEach(record -> values.add(record.getValue()));
      }
    }
    return values;
  }

  /** What left since the last call. */
  List<Partial> partials() {
    List<Partial> partials = new ArrayList<>();
    for (var subtask : subtasks) {
      partials.addAll(subtask.extractOutputValues());
      subtask.getOutput().clear();
    }
    return partials;
  }

  private KeyedTwoInputStreamOperatorTestHarness<Integer, CellUpdate, Probe, Partial> of(
      int shard) {
    return subtasks.get(shard * subtasks.size() / SHARDS);
  }

  void close() throws Exception {
    for (var subtask : subtasks) {
      subtask.close();
    }
  }

  private static KeyedTwoInputStreamOperatorTestHarness<Integer, CellUpdate, Probe, Partial>
      subtask(long heapBytesMax, int parallelism, int index) throws Exception {
    var subtask =
        new KeyedTwoInputStreamOperatorTestHarness<>(
            new CellsOperator(KEYS, heapBytesMax, 0),
            KEYS.by(CellUpdate::cellShard),
            KEYS.by(Probe::cellShard),
            Types.INT,
            SHARDS,
            parallelism,
            index);
    subtask.setStateBackend(new EmbeddedRocksDBStateBackend());
    return subtask;
  }
}
