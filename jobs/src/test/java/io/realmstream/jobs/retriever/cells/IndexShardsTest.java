package io.realmstream.jobs.retriever.cells;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.jobs.Shards;
import io.realmstream.jobs.state.KeyedStateHarness;
import io.realmstream.model.index.Cells;
import io.realmstream.model.index.IndexEntry;
import io.realmstream.model.index.partition.PartitionId;
import io.realmstream.model.index.store.CellId;
import io.realmstream.model.index.topk.Hit;
import io.realmstream.model.index.topk.SearchLimit;
import io.realmstream.model.serving.cell.CellPartitions;
import io.realmstream.model.serving.cell.IndexDimensions;
import io.realmstream.model.serving.cell.RecentChanges;
import io.realmstream.schemas.Hash128;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IndexShardsTest {
  private static final Shards SHARDS = KeyedStateHarness.SHARDS;
  private static final PartitionId FLAT = new PartitionId(1, 0);
  private static final long NOW_MS = 1_000;

  private final RecentChanges recentChanges = new RecentChanges(100, Long.MIN_VALUE);
  private KeyedStateHarness harness;
  private IndexShards.Parts parts;
  private IndexShards index;

  @BeforeEach
  void open() throws Exception {
    harness = new KeyedStateHarness();
    KeyedBlocks blocks =
        KeyedBlocks.of(
            list(KeyedBlocks.BLOCKS), list(KeyedBlocks.VECTORS), harness.operator(), SHARDS);
    IndexDimensions dimensions = CellsState.dimensions(harness.context());
    CellPartitions partitions = CellsState.partitions(harness.context(), SHARDS.count());
    parts = new IndexShards.Parts(new Cells(blocks, 0), dimensions, partitions, recentChanges);
    index = new IndexShards(SHARDS, harness.operator(), parts);
  }

  @AfterEach
  void close() {
    harness.close();
  }

  @Test
  void oneAnswerHoldsTheBestOfAllShardsOfARequest() throws Exception {
    insert("a", 3, 1);
    insert("b", 3, 3);
    insert("c", 5, 2);
    List<Partial> found = search(List.of(probe("q", 3, 2), probe("q", 5, 2)));
    assertThat(found)
        .singleElement()
        .satisfies(one -> assertThat(uids(one)).isEqualTo(of("b", "c")));
    assertThat(found.get(0).cellShards()).containsExactly(3, 5);
    assertThat(found.get(0).tally().cells()).isEqualTo(2);
    assertThat(found.get(0).tally().scanned()).isEqualTo(3);
    assertThat(found.get(0).cut()).isTrue();
  }

  @Test
  void requestsThatAreSearchedTogetherGetTheirOwnHits() throws Exception {
    insert("a", 3, 1);
    insert("b", 3, -3);
    insert("c", 5, 2);
    List<Partial> found =
        searchAll(List.of(List.of(probe("up", 3, 1)), List.of(probe("down", 3, 1, -1))));
    assertThat(found).extracting(Partial::request).containsExactly("up", "down");
    assertThat(uids(found.get(0))).isEqualTo(of("a"));
    assertThat(uids(found.get(1))).isEqualTo(of("b"));
  }

  @Test
  void onlyTheCellsThatTheProbeNamesAreSearched() throws Exception {
    insert("a", 3, 1);
    insert("b", 3 + SHARDS.count(), 3);
    List<Partial> found = search(List.of(probe("q", 3, 2)));
    assertThat(uids(found.get(0))).isEqualTo(of("a"));
  }

  @Test
  void onlyThePassagesThatTheProbeNamesAreFound() throws Exception {
    insert("a", 3, 1);
    insert("b", 3, 3);
    insert("c", 3, 2);
    Sought sought = new Sought(SearchLimit.ofHits(2), new float[] {1}, of("c", "a", "c", "gone"));
    List<Partial> found = search(List.of(probe("q", 3, sought)));
    assertThat(uids(found.get(0))).isEqualTo(of("c", "a"));
    assertThat(found.get(0).cut()).isFalse();
  }

  /** It cannot be scored; the answer leaves at the deadline without it. */
  @Test
  void queryOfAnotherDimensionThanTheVersionsIsNotAnswered() throws Exception {
    insert("a", 3, 1);
    List<Partial> found =
        searchAll(List.of(List.of(probe("wide", 3, 1, 1, 1)), List.of(probe("fitting", 3, 1))));
    assertThat(found).extracting(Partial::request).containsExactly("fitting");
  }

  @Test
  void shardThatTookNoVectorOfTheVersionAnswersWithNothing() throws Exception {
    List<Partial> found = search(List.of(probe("q", 3, 1)));
    assertThat(found).hasSize(1);
    assertThat(found.get(0).hits()).isEmpty();
    assertThat(found.get(0).tally().cells()).isEqualTo(1);
    assertThat(found.get(0).cut()).isFalse();
  }

  /** The fewer cells say that the answer is partial. */
  @Test
  void cellsOfAPartitionThatHadItsTimeAreNotSearched() throws Exception {
    insert("a", 3, 1);
    insert("b", 5, 1);
    harness.shard(3);
    parts.partitions().drop(FLAT, 3, SHARDS.count());
    List<Partial> found = search(List.of(probe("q", 3, 2), probe("q", 5, 2)));
    assertThat(uids(found.get(0))).isEqualTo(of("b"));
    assertThat(found.get(0).cellShards()).containsExactly(3, 5);
    assertThat(found.get(0).tally().cells()).isEqualTo(1);
  }

  @Test
  void asManyMoreHitsComeAsVectorsMayStandInNoRevision() throws Exception {
    for (int i = 1; i <= 9; i++) {
      insert("" + i, 3, i);
    }
    recentChanges.change(1, 3, NOW_MS);
    recentChanges.change(1, 5, NOW_MS);
    recentChanges.change(2, 3, NOW_MS);
    List<Partial> found = search(List.of(probe("q", 3, 1)));
    assertThat(uids(found.get(0))).isEqualTo(of("9", "8", "7"));
    // of the shards that were asked
    assertThat(found.get(0).recentChanges()).isEqualTo(1);
  }

  @Test
  void changeOfLongAgoBringsNoMoreHits() throws Exception {
    insert("a", 3, 1);
    insert("b", 3, 2);
    recentChanges.change(1, 3, NOW_MS - 100);
    assertThat(uids(search(List.of(probe("q", 3, 1))).get(0))).isEqualTo(of("b"));
  }

  /** As the operator does it. */
  private void insert(String uid, int cell, float... vector) {
    int shard = SHARDS.ofCell(cell);
    harness.shard(shard);
    parts.dimensions().put(shard, 1, vector.length);
    parts
        .cells()
        .cell(new CellId(1, 0, cell), vector.length)
        .insert(new IndexEntry(Hash128.ofTexts(uid), 1, 0, vector));
  }

  private List<Partial> search(List<Probe> request) throws Exception {
    return searchAll(List.of(request));
  }

  private List<Partial> searchAll(List<List<Probe>> requests) throws Exception {
    List<Partial> found = new ArrayList<>();
    index.search(requests, NOW_MS, found::add);
    return found;
  }

  private static Probe probe(String request, int shard, int k) {
    return probe(request, shard, k, 1);
  }

  private static Probe probe(String request, int shard, int k, float... query) {
    return probe(request, shard, new Sought(SearchLimit.ofHits(k), query));
  }

  private static Probe probe(String request, int shard, Sought sought) {
    return new Probe(
        request,
        CellsInputs.DEADLINE_MS,
        FLAT,
        shard,
        new int[] {shard},
        new int[] {shard},
        sought);
  }

  private static List<Hash128> uids(Partial partial) {
    return partial.hits().stream().map(Hit::uid).toList();
  }

  private static List<Hash128> of(String... uids) {
    return List.of(uids).stream().map(Hash128::ofTexts).toList();
  }

  private ListState<byte[]> list(ListStateDescriptor<byte[]> descriptor) throws Exception {
    KeyedStateBackend<Integer> backend = harness.operator().getKeyedStateBackend();
    return backend.getOrCreateKeyedState(KeyedBlocks.NAMESPACE, descriptor);
  }
}
