package io.realmstream.jobs.retriever.gather;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.jobs.retriever.cells.Partial;
import io.realmstream.jobs.retriever.query.EmbeddedQuery;
import io.realmstream.jobs.retriever.query.QueryRequest;
import io.realmstream.jobs.retriever.query.RoutedQuery;
import io.realmstream.jobs.retriever.query.StampedQuery;
import io.realmstream.model.checkpoint.DefaultCheckpoints;
import io.realmstream.model.index.topk.Hit;
import io.realmstream.model.index.topk.SearchLimit;
import io.realmstream.model.retrieval.SearchTally;
import io.realmstream.model.text.WhiteSpace;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.answer.IndexVersion;
import io.realmstream.schemas.query.Query;
import io.realmstream.schemas.query.QueryKind;
import io.realmstream.schemas.query.QueryOptions;
import io.realmstream.schemas.query.QueryScope;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MergeFunctionTest {
  private static final int SHARDS = 3;
  private static final long DEADLINE_MS = 5_000;

  private KeyedTwoInputStreamOperatorTestHarness<String, RoutedQuery, Partial, Candidates> harness;

  @BeforeEach
  void start() throws Exception {
    harness = harness();
    harness.open();
  }

  @AfterEach
  void stop() throws Exception {
    harness.close();
  }

  @Test
  void candidatesLeaveWithTheLastShardBestFirstWhateverTheOrderOfArrival() throws Exception {
    send(partial(2, hit(7, 0.5)));
    harness.processElement1(new StreamRecord<>(query(1)));
    send(partial(0, hit(1, 0.9), hit(2, 0.1)));
    assertThat(harness.extractOutputValues()).isEmpty();

    send(partial(1, hit(3, 0.5)));
    Candidates candidates = harness.extractOutputValues().get(0);
    assertThat(candidates.hits())
        .containsExactly(hit(1, 0.9), hit(3, 0.5), hit(7, 0.5), hit(2, 0.1));
    assertThat(candidates.partial()).isFalse();
    assertThat(candidates.tally().cells()).isEqualTo(SHARDS);
  }

  @Test
  void aPartialOfSeveralShardsCountsForEach() throws Exception {
    harness.processElement1(new StreamRecord<>(query(1)));
    send(partial(1, hit(3, 0.5)));
    assertThat(harness.extractOutputValues()).isEmpty();
    int[] others = {2, 0};
    send(
        new Partial(
            "request",
            DEADLINE_MS,
            others,
            List.of(hit(1, 0.9)),
            new SearchTally(2, 20, 1),
            0,
            false));

    Candidates candidates = harness.extractOutputValues().get(0);
    assertThat(candidates.hits()).containsExactly(hit(1, 0.9), hit(3, 0.5));
    assertThat(candidates.partial()).isFalse();
  }

  @Test
  void repeatedPartialCountsOnce() throws Exception {
    harness.processElement1(new StreamRecord<>(query(1)));
    send(partial(0, hit(1, 0.9)));
    send(partial(0, hit(1, 0.9)));
    send(partial(1));
    assertThat(harness.extractOutputValues()).isEmpty();

    send(partial(2));
    assertThat(harness.extractOutputValues().get(0).hits()).containsExactly(hit(1, 0.9));
  }

  @Test
  void atTheDeadlineWhatCameLeavesAsPartial() throws Exception {
    harness.processElement1(new StreamRecord<>(query(1)));
    send(partial(0, hit(1, 0.9)));
    harness.setProcessingTime(DEADLINE_MS - 1);
    assertThat(harness.extractOutputValues()).isEmpty();

    harness.setProcessingTime(DEADLINE_MS);
    Candidates candidates = harness.extractOutputValues().get(0);
    assertThat(candidates.partial()).isTrue();
    assertThat(candidates.tally().cells()).isEqualTo(1);

    send(partial(1));
    harness.setProcessingTime(DEADLINE_MS + 60_000);
    assertThat(harness.extractOutputValues()).hasSize(1);
  }

  @Test
  void requestHalfWayThereSurvivesARestore() throws Exception {
    harness.processElement1(new StreamRecord<>(query(1)));
    send(partial(0, hit(1, 0.9)));
    OperatorSubtaskState snapshot = harness.snapshot(1, 1);
    harness.close();
    harness = harness();
    harness.initializeState(snapshot);
    harness.open();
    send(partial(1));
    send(partial(2));

    assertThat(harness.extractOutputValues().get(0).hits()).containsExactly(hit(1, 0.9));
  }

  @Test
  void documentShardsAreAskedOnceEach() throws Exception {
    harness.processElement1(new StreamRecord<>(query(1)));
    send(partial(0, hit(1, 0.9), hit(17, 0.8)));
    send(partial(1, hit(2, 0.7)));
    send(partial(2));

    var lookups = harness.getSideOutput(MergeFunction.LOOKUPS);
    assertThat(lookups).hasSize(2);
    assertThat(harness.extractOutputValues().get(0).shards()).containsExactly(1, 2);
  }

  @Test
  void candidatesEndWhereTheFirstPartThatIsCutDoes() throws Exception {
    harness.processElement1(new StreamRecord<>(query(1)));
    send(cut(partial(0, hit(1, 0.9), hit(2, 0.4))));
    send(cut(partial(1, hit(3, 0.8), hit(4, 0.6))));
    send(partial(2, hit(5, 0.7), hit(6, 0.5)));

    Candidates candidates = harness.extractOutputValues().get(0);
    assertThat(candidates.hits())
        .as("behind 0.6 the second shard may have more")
        .containsExactly(hit(1, 0.9), hit(3, 0.8), hit(5, 0.7), hit(4, 0.6));
    assertThat(candidates.cut()).isTrue();
  }

  @Test
  void copiesTakeNoRoomAndTheLimitGrowsWithRecentChanges() throws Exception {
    harness.processElement1(new StreamRecord<>(query(1)));
    Hit[] hits = new Hit[60];
    for (int i = 0; i < hits.length; i++) {
      hits[i] = hit(i + 1, 1.0 / (1 + i / 5)); // twelve scores, each five times
    }
    send(partial(0, hits));
    send(partial(1));
    send(recentChanges(partial(2), 1));

    Candidates candidates = harness.extractOutputValues().get(0);
    assertThat(candidates.limit()).isEqualTo(SearchLimit.first(1).plus(1));
    assertThat(candidates.hits()).as("ten scores").hasSize(50);
    assertThat(candidates.cut()).isTrue();
  }

  private static KeyedTwoInputStreamOperatorTestHarness<String, RoutedQuery, Partial, Candidates>
      harness() throws Exception {
    var harness =
        new KeyedTwoInputStreamOperatorTestHarness<>(
            new KeyedCoProcessOperator<>(new MergeFunction()),
            (RoutedQuery routed) -> routed.query().stamped().id(),
            Partial::request,
            Types.STRING);
    harness.setStateBackend(new EmbeddedRocksDBStateBackend());
    return harness;
  }

  private static RoutedQuery query(int k) {
    Query query =
        new Query(
            "id",
            "text",
            QueryKind.RETRIEVE,
            new QueryScope(k, null, true, null, null),
            null,
            QueryOptions.DEFAULT);
    StampedQuery stamped =
        new StampedQuery(
            new QueryRequest(
                "request", query, DEADLINE_MS, List.of(), SearchLimit.first(query.passages())),
            0,
            new IndexVersion(1, "", "", "", "flat-3"),
            1,
            DefaultCheckpoints.minilm(),
            true,
            null,
            WhiteSpace.NONE);
    EmbeddedQuery embedded =
        new EmbeddedQuery(stamped, new float[] {1}, null, false, 0, null, null);
    return new RoutedQuery(embedded, SHARDS, SHARDS, true);
  }

  private static Partial partial(int shard, Hit... hits) {
    return new Partial(
        "request",
        DEADLINE_MS,
        new int[] {shard},
        List.of(hits),
        new SearchTally(1, 10, hits.length),
        0,
        false);
  }

  private static Partial cut(Partial part) {
    return with(part, part.recentChanges(), true);
  }

  private static Partial recentChanges(Partial part, int recentChanges) {
    return with(part, recentChanges, part.cut());
  }

  private static Partial with(Partial part, int recentChanges, boolean cut) {
    return new Partial(
        part.request(),
        part.deadlineMs(),
        part.cellShards(),
        part.hits(),
        new SearchTally(part.tally().cells(), part.tally().scanned(), part.tally().reScored()),
        recentChanges,
        cut);
  }

  /** A hit whose document lies on shard uid mod 16. */
  private static Hit hit(int uid, double score) {
    return new Hit(new Hash128(0, uid), uid % 16, score);
  }

  private void send(Partial partial) throws Exception {
    harness.processElement2(new StreamRecord<>(partial));
  }
}
