package io.realmstream.jobs.retriever;

import io.realmstream.jobs.Shards;
import io.realmstream.jobs.retriever.assign.AssignOperator;
import io.realmstream.jobs.retriever.assign.AssignSettings;
import io.realmstream.jobs.retriever.cells.CellsOperator;
import io.realmstream.jobs.retriever.cells.Partial;
import io.realmstream.jobs.retriever.cells.Probe;
import io.realmstream.jobs.retriever.passages.Found;
import io.realmstream.jobs.retriever.passages.Lookup;
import io.realmstream.jobs.retriever.passages.PassagesFunction;
import io.realmstream.jobs.retriever.vectors.PassageEvent;
import io.realmstream.model.index.partition.PartitionEvent;
import io.realmstream.model.serving.placement.CellUpdate;
import io.realmstream.schemas.vectors.PassageVectors;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;

/**
 * What the retriever does with vectors: assign, cells and passages on RocksDB, one behind another.
 */
public final class IndexedVectors {
  private static final int SAMPLE_MAX = 4_096;
  private static final long CACHE_BYTES = 128L << 20;

  private final KeyedTwoInputStreamOperatorTestHarness<
          Integer, PassageEvent, PartitionEvent, CellUpdate>
      assign;
  private final KeyedTwoInputStreamOperatorTestHarness<Integer, CellUpdate, Probe, Partial> cells;
  private final KeyedTwoInputStreamOperatorTestHarness<Integer, PassageEvent, Lookup, Found>
      passages;
  private long answerable;

  public IndexedVectors(Shards shards) throws Exception {
    AssignSettings settings =
        new AssignSettings(shards, Duration.ofSeconds(10), Duration.ofDays(30), SAMPLE_MAX);
    assign =
        new KeyedTwoInputStreamOperatorTestHarness<>(
            new AssignOperator(settings),
            shards.by(PassageEvent::shard),
            null,
            Types.INT,
            shards.count(),
            1,
            0);
    cells =
        new KeyedTwoInputStreamOperatorTestHarness<>(
            new CellsOperator(shards, CACHE_BYTES, 0),
            shards.by(CellUpdate::cellShard),
            shards.by(Probe::cellShard),
            Types.INT,
            shards.count(),
            1,
            0);
    passages =
        new KeyedTwoInputStreamOperatorTestHarness<>(
            new KeyedCoProcessOperator<>(new PassagesFunction(shards, Duration.ofDays(30))),
            shards.by(PassageEvent::shard),
            shards.by(Lookup::shard),
            Types.INT);
    for (var harness : List.of(assign, cells, passages)) {
      harness.setStateBackend(new EmbeddedRocksDBStateBackend(true));
      harness.open();
    }
  }

  /** Takes in a document's record, until it is answerable. */
  public void accept(PassageVectors record) throws Exception {
    passages.processElement1(new StreamRecord<>(PassageEvent.of(record)));
    assign.processElement1(new StreamRecord<>(PassageEvent.of(record)));
    for (CellUpdate update : assign.extractOutputValues()) {
      cells.processElement1(new StreamRecord<>(update));
    }
    assign.getOutput().clear();
    var acks = cells.getSideOutput(CellsOperator.ACKS);
    while (acks != null && !acks.isEmpty()) {
      passages.processElement1(new StreamRecord<>(PassageEvent.of(acks.remove().getValue())));
    }
    var statuses = passages.getSideOutput(PassagesFunction.STATUS);
    while (statuses != null && !statuses.isEmpty()) {
      statuses.remove();
      answerable++;
    }
  }

  /** Revisions that became answerable so far. */
  public long answerable() {
    return answerable;
  }

  public void close() throws Exception {
    assign.close();
    cells.close();
    passages.close();
  }
}
