package io.realmstream.jobs.retriever.cells;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.jobs.DeadLetters;
import io.realmstream.model.index.topk.Hit;
import io.realmstream.model.index.topk.Hits;
import io.realmstream.model.index.vector.InnerProduct;
import io.realmstream.model.retrieval.SearchTally;
import io.realmstream.model.serving.placement.CellUpdate;
import io.realmstream.schemas.Hash128;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CellsOperatorTest {
  private static final int DIMENSION = 24;
  private static final long PLENTY = 1L << 30;

  private final Random random = new Random(3);
  private final Map<Hash128, float[]> live = new TreeMap<>();
  private CellsHarness cells;
  private long revision;
  private int requests;

  @BeforeEach
  void start() throws Exception {
    cells = new CellsHarness(PLENTY, 1);
  }

  @AfterEach
  void stop() throws Exception {
    cells.close();
  }

  @Test
  void aLoneQueryIsSearchedAtOnce() throws Exception {
    churn(200);
    ask(cells, "lone", vector(), 5);
    assertThat(cells.partials())
        .singleElement()
        .satisfies(partial -> assertThat(partial.cellShards()).hasSize(CellsHarness.SHARDS));
  }

  @Test
  void requestThatIsOverIsNotSearched() throws Exception {
    churn(200);
    cells.setTime(CellsInputs.DEADLINE_MS - 1);
    ask(cells, "in time", vector(), 5);
    cells.setTime(CellsInputs.DEADLINE_MS + 1_000);
    ask(cells, "over", vector(), 5);
    assertThat(requests()).containsOnly("in time");
  }

  @Test
  void queriesCloseTogetherWaitUntilThereAreFourOrItIsQuiet() throws Exception {
    churn(200);
    ask(cells, "first", vector(), 5);
    assertThat(requests()).containsOnly("first");
    for (String request : List.of("a", "b", "c")) {
      ask(cells, request, vector(), 5);
    }
    assertThat(requests()).isEmpty();
    ask(cells, "d", vector(), 5);
    assertThat(requests()).containsExactly("a", "b", "c", "d");

    ask(cells, "e", vector(), 5);
    cells.setTime(1);
    assertThat(requests()).isEmpty();
    cells.setTime(2);
    assertThat(requests()).containsExactly("e");

    cells.setTime(10);
    ask(cells, "alone again", vector(), 5);
    assertThat(requests()).containsExactly("alone again");
  }

  @Test
  void nothingWaitsThroughASnapshotOrForEver() throws Exception {
    churn(50);
    ask(cells, "first", vector(), 5);
    ask(cells, "waiting", vector(), 5);
    requests();
    cells.beforeSnapshot();
    assertThat(requests()).containsExactly("waiting");

    cells.probe(CellsInputs.probe("held up", vector(), 9, 8));
    for (int timeMs = 1; timeMs < WaitingRequests.WAIT_MS_MAX; timeMs++) {
      cells.setTime(timeMs);
      for (int i = 0; i < 3; i++) {
        cells.probe(CellsInputs.probe("busy " + timeMs + "." + i, vector(), i));
      }
    }
    assertThat(requests()).as("whole requests, by four").doesNotContain("held up");
    cells.setTime(WaitingRequests.WAIT_MS_MAX + 1);
    assertThat(requests()).containsOnlyOnce("held up");
  }

  @Test
  void aRequestIsSearchedOnceItsLastProbeOfTheSubtaskIsThere() throws Exception {
    churn(500);
    CellsHarness two = cells.restored(PLENTY, 2);
    float[] query = vector();
    for (int shard = 0; shard < CellsHarness.SHARDS - 1; shard++) {
      two.probe(CellsInputs.probe("request", shard, query, 10));
    }
    List<Partial> first = two.partials();
    assertThat(first).as("that of one subtask").hasSize(1);
    two.probe(CellsInputs.probe("request", CellsHarness.SHARDS - 1, query, 10));
    List<Partial> second = two.partials();

    assertThat(second).hasSize(1);
    assertThat(merged(List.of(first.get(0), second.get(0)), 10)).isEqualTo(plain(query, 10));
    two.close();
  }

  @Test
  void aRequestScoresFewMoreThanItReturnsHoweverManyShardsItAsks() throws Exception {
    churn(3_000);
    ask(cells, "request", vector(), 10);
    Partial partial = cells.partials().get(0);

    assertThat(partial.hits()).hasSize(10);
    assertThat(partial.tally().scanned()).isGreaterThan(200);
    assertThat(partial.tally().reScored()).isLessThan(30);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 20_000, PLENTY})
  void togetherOrAloneCachedOrNotQueriesFindWhatAPlainLoopFinds(long heapBytesMax)
      throws Exception {
    cells.close();
    cells = new CellsHarness(heapBytesMax, 1);
    for (int round = 0; round < 6; round++) {
      churn(150);
      Map<String, float[]> queries = new TreeMap<>();
      for (int i = 0; i < 7; i++) {
        queries.put("query " + round + "." + i, vector());
      }
      for (Map.Entry<String, float[]> query : queries.entrySet()) {
        ask(cells, query.getKey(), query.getValue(), 1 + query.getKey().length() % 5 + round);
      }
      cells.beforeSnapshot();
      Map<String, List<Partial>> found =
          cells.partials().stream().collect(Collectors.groupingBy(Partial::request));
      assertThat(found).containsOnlyKeys(queries.keySet());
      for (Map.Entry<String, float[]> query : queries.entrySet()) {
        int k = 1 + query.getKey().length() % 5 + round;
        assertThat(merged(found.getOrDefault(query.getKey(), List.of()), k))
            .isEqualTo(plain(query.getValue(), k));
      }
    }
  }

  @Test
  void restoredAndRescaledItFindsTheSame() throws Exception {
    churn(2_000);
    float[] query = vector();
    CellsHarness before = cells;
    for (int parallelism : new int[] {2, 4, 2}) {
      CellsHarness restored = before.restored(PLENTY, parallelism);
      if (before != cells) {
        before.close();
      }
      before = restored;
      ask(restored, "after " + parallelism, query, 10);
      assertThat(merged(restored.partials(), 10)).isEqualTo(plain(query, 10));
    }
    before.close();
  }

  @Test
  void aVersionWithoutVectorsHasNothingAndADeleteOfNothingIsNothing() throws Exception {
    Hash128 uid = new Hash128(1, 1);
    cells.update(CellsInputs.update(CellUpdate.Kind.DELETE, uid, 3, new float[0]));
    cells.probe(CellsInputs.probe("nothing there", vector(), 0));

    assertThat(cells.partials())
        .singleElement()
        .usingRecursiveComparison()
        .isEqualTo(
            new Partial(
                "nothing there",
                CellsInputs.DEADLINE_MS,
                new int[] {0},
                List.of(),
                new SearchTally(1, 0, 0),
                0,
                false));
  }

  @Test
  void aZeroVectorIsFoundWithScoreZeroAndAZeroQueryFindsTheSmallestUids() throws Exception {
    churn(200);
    insert(new Hash128(0, 1), ++revision, new float[DIMENSION]);
    assertFindsAll(vector());
    assertFindsAll(new float[DIMENSION]);
  }

  @Test
  void aUidThatComesTwiceCountsOnceAndItsNewestRevisionWins() throws Exception {
    Hash128 uid = new Hash128(3, 1);
    float[] newest = vector();
    insert(uid, 8, newest);
    for (long repeated : new long[] {8, 7}) {
      cells.update(CellsInputs.update(CellUpdate.Kind.INSERT, uid, repeated, vector()));
      cells.update(CellsInputs.update(CellUpdate.Kind.DELETE, uid, repeated - 1, new float[0]));
    }
    assertThat(cells.side(CellsOperator.ACKS)).as("whoever waits hears of each").hasSize(3);
    assertFindsAll(vector());
  }

  @Test
  void vectorsOfAVersionThatNobodyAnnouncedAreInNoOthersAnswer() throws Exception {
    churn(100);
    cells.update(CellsInputs.stranger(77, new Hash128(5, 9), new float[7]));
    assertFindsAll(vector());
  }

  @Test
  void aVectorOfAnotherDimensionIsADeadLetterAndAQueryOfAnotherHasNoAnswer() throws Exception {
    Hash128 uid = new Hash128(16, 1);
    cells.update(CellsInputs.update(CellUpdate.Kind.INSERT, uid, 1, vector()));
    cells.update(CellsInputs.update(CellUpdate.Kind.INSERT, uid, 2, new float[3]));
    assertThat(cells.side(DeadLetters.TAG)).hasSize(1);
    assertThat(cells.side(CellsOperator.ACKS)).hasSize(1);

    cells.probe(CellsInputs.probe("narrow", new float[3], 0));
    assertThat(cells.partials()).as("left to the deadline").isEmpty();
  }

  private void insert(Hash128 uid, long at, float[] vector) throws Exception {
    cells.update(CellsInputs.update(CellUpdate.Kind.INSERT, uid, at, vector));
    live.put(uid, vector);
  }

  /** Asks for more than there is. */
  private void assertFindsAll(float[] query) throws Exception {
    int k = live.size() + 1_000;
    ask(cells, "request " + requests++, query, k);
    cells.beforeSnapshot();
    assertThat(merged(cells.partials(), k)).hasSize(live.size()).isEqualTo(plain(query, k));
  }

  private void churn(int edits) throws Exception {
    for (int i = 0; i < edits; i++) {
      Hash128 uid = new Hash128(random.nextInt(400), 5);
      float[] vector = vector();
      boolean isDelete = random.nextInt(4) == 0;
      cells.update(
          isDelete
              ? CellsInputs.update(CellUpdate.Kind.DELETE, uid, ++revision, new float[0])
              : CellsInputs.update(CellUpdate.Kind.INSERT, uid, ++revision, vector));
      if (isDelete) {
        live.remove(uid);
      } else {
        live.put(uid, vector);
      }
    }
  }

  private static void ask(CellsHarness cells, String request, float[] query, int k)
      throws Exception {
    for (int shard = 0; shard < CellsHarness.SHARDS; shard++) {
      cells.probe(CellsInputs.probe(request, shard, query, k));
    }
  }

  private List<String> requests() {
    return cells.partials().stream().map(Partial::request).toList();
  }

  private List<Hit> plain(float[] query, int k) {
    List<Hit> hits = new ArrayList<>();
    live.forEach((uid, vector) -> hits.add(new Hit(uid, 0, InnerProduct.of(query, vector))));
    return Hits.merge(List.of(hits), k);
  }

  private static List<Hit> merged(List<Partial> partials, int k) {
    return Hits.merge(partials.stream().map(Partial::hits).toList(), k);
  }

  private float[] vector() {
    float[] vector = new float[DIMENSION];
    for (int i = 0; i < DIMENSION; i++) {
      vector[i] = (float) random.nextGaussian();
    }
    return vector;
  }
}
