package io.realmstream.jobs.retriever.cells;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.jobs.OperatorMetrics;
import io.realmstream.jobs.RecordedMetrics;
import io.realmstream.jobs.state.KeyedStateHarness;
import io.realmstream.model.index.Cells;
import io.realmstream.model.index.IndexEntry;
import io.realmstream.model.index.Search;
import io.realmstream.model.index.kernel.Kernel;
import io.realmstream.model.index.store.CellId;
import io.realmstream.model.index.topk.SearchLimit;
import io.realmstream.model.retrieval.SearchTally;
import io.realmstream.schemas.Hash128;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CellsMetricsTest {
  private final RecordedMetrics recorded = new RecordedMetrics();
  private KeyedStateHarness harness;
  private Cells cells;
  private CellsMetrics metrics;

  @BeforeEach
  void open() throws Exception {
    harness = new KeyedStateHarness();
    cells =
        new Cells(
            KeyedBlocks.of(
                list(KeyedBlocks.BLOCKS),
                list(KeyedBlocks.VECTORS),
                harness.operator(),
                KeyedStateHarness.SHARDS),
            1 << 20);
    metrics = new CellsMetrics(new OperatorMetrics(recorded), cells);
  }

  @AfterEach
  void close() {
    harness.close();
  }

  @Test
  void batchCountsItsRequestsAndAnEmptyOneIsNone() {
    metrics.batch(3);
    metrics.batch(0);
    metrics.batch(1);
    assertThat(recorded.value("realm.requests")).isEqualTo(4);
    assertThat(recorded.value("realm.batches")).isEqualTo(2);
  }

  @Test
  void partialCountsAProbeForEachOfItsShardsAndWhatItCost() {
    metrics.searched(partial(new int[] {3, 5, 7}, new SearchTally(9, 100, 10)));
    metrics.searched(partial(new int[] {1}, new SearchTally(1, 5, 2)));
    assertThat(recorded.value("realm.probes")).isEqualTo(4);
    assertThat(recorded.value("realm.scanned")).isEqualTo(105);
    assertThat(recorded.value("realm.reScored")).isEqualTo(12);
  }

  @Test
  void changesAndDroppedRequestsHaveCountersOfTheirOwn() {
    metrics.inserts().inc(3);
    metrics.deletes().inc(2);
    metrics.dropped().inc();
    assertThat(recorded.value("realm.inserts")).isEqualTo(3);
    assertThat(recorded.value("realm.deletes")).isEqualTo(2);
    assertThat(recorded.value("realm.dropped")).isEqualTo(1);
  }

  @Test
  void kernelInUseIsNamed() {
    assertThat(recorded.value("realm.kernel." + Kernel.name() + ".inUse")).isEqualTo(1);
  }

  @Test
  void allIsHitBeforeAnythingIsRead() {
    assertThat(recorded.value("realm.cacheHitPercent")).isEqualTo(100);
  }

  /** What was written is on the heap until the cell is forgotten. */
  @Test
  void cacheIsShownAsItIs() {
    CellId cell = new CellId(1, 0, 3);
    for (int i = 0; i < 300; i++) {
      cells.cell(cell, 64).insert(new IndexEntry(new Hash128(0, i), 1, 0, new float[64]));
    }
    assertThat(recorded.value("realm.cacheBytes")).isEqualTo(cells.heapBytes()).isPositive();
    cells.forget(cell);
    scan(cell);
    long missed = recorded.value("realm.cacheMisses");
    assertThat(missed).isPositive();
    long hit = recorded.value("realm.cacheHits");
    assertThat(recorded.value("realm.cacheHitPercent")).isEqualTo(100 * hit / (hit + missed));
    for (int i = 0; i < 9; i++) {
      scan(cell);
    }
    assertThat(recorded.value("realm.cacheMisses")).isEqualTo(missed);
    assertThat(recorded.value("realm.cacheHits")).isEqualTo(hit + 9 * missed);
  }

  private void scan(CellId cell) {
    cells.cell(cell, 64).scan(List.of(new Search(new float[64], SearchLimit.ofHits(1))));
  }

  private static Partial partial(int[] shards, SearchTally tally) {
    return new Partial("q", CellsInputs.DEADLINE_MS, shards, List.of(), tally, 0, false);
  }

  private ListState<byte[]> list(ListStateDescriptor<byte[]> descriptor) throws Exception {
    KeyedStateBackend<Integer> backend = harness.operator().getKeyedStateBackend();
    return backend.getOrCreateKeyedState(KeyedBlocks.NAMESPACE, descriptor);
  }
}
