package io.realmstream.jobs.retriever.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.realmstream.jobs.OutboundRecord;
import io.realmstream.jobs.Shards;
import io.realmstream.jobs.retriever.cells.Probe;
import io.realmstream.jobs.retriever.partitions.PartitionEvents;
import io.realmstream.jobs.retriever.partitions.PartitionState;
import io.realmstream.model.checkpoint.DefaultCheckpoints;
import io.realmstream.model.index.partition.Partition;
import io.realmstream.model.index.partition.PartitionEvent;
import io.realmstream.model.index.partition.PartitionEvent.Kind;
import io.realmstream.model.index.partition.PartitionId;
import io.realmstream.model.index.topk.SearchLimit;
import io.realmstream.model.text.WhiteSpace;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.answer.AnswerResult;
import io.realmstream.schemas.answer.AnswerStatus;
import io.realmstream.schemas.answer.IndexVersion;
import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.query.Competition;
import io.realmstream.schemas.query.Query;
import io.realmstream.schemas.query.QueryKind;
import io.realmstream.schemas.query.QueryOptions;
import io.realmstream.schemas.query.QueryScope;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithNonKeyedOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.TwoInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RouteFunctionTest {
  private static final Shards SHARDS = new Shards(4);
  private static final PartitionId ID = new PartitionId(1, 1);

  /** Of ten cells; cell i holds what lies around i + 1. */
  private static final Partition LINE = PartitionEvents.line(10, 3);

  private static final float[] QUERY = {2};

  private TwoInputStreamOperatorTestHarness<EmbeddedQuery, PartitionEvent, Probe> harness;

  @BeforeEach
  void open() throws Exception {
    start();
    harness.open();
  }

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  @Test
  void undividedVersionIsSearchedInAllShardsEachByOneProbe() throws Exception {
    ask(QueryScope.DEFAULT);
    assertThat(probes()).hasSize(4);
    for (Probe probe : probes()) {
      assertThat(probe.partition()).isEqualTo(new PartitionId(1, 0));
      assertThat(probe.cells()).containsExactly(probe.cellShard());
      assertThat(probe.cellShards()).containsExactly(0, 1, 2, 3);
      assertThat(probe.sought().vector()).isEqualTo(QUERY);
    }
    assertThat(routed())
        .returns(4, RoutedQuery::shards)
        .returns(4, RoutedQuery::cells)
        .returns(true, RoutedQuery::exact)
        .returns("flat-4", RouteFunctionTest::partition);
  }

  @Test
  void questionWithoutAVectorIsAnsweredAndNotSearched() throws Exception {
    ask(failed("too long", null));
    ask(failed("no room", AnswerStatus.OVERLOADED));
    assertThat(probes()).isEmpty();
    assertThat(side(RouteFunction.ROUTED)).isEmpty();
    assertThat(side(Answers.EARLY))
        .extracting(RouteFunctionTest::result)
        .extracting(AnswerResult::status, AnswerResult::reason)
        .containsExactly(
            tuple(AnswerStatus.FAILED, "too long"), tuple(AnswerStatus.OVERLOADED, "no room"));
  }

  @Test
  void partitionThatIsBeingFilledAnswersNothingYet() throws Exception {
    fill();
    ask(QueryScope.DEFAULT);
    assertThat(probes()).extracting(Probe::partition).containsOnly(new PartitionId(1, 0));
  }

  /** The best cells are 9, 8 and 7: shards 1, 0 and 3. */
  @Test
  void dividedVersionIsSearchedInItsBestCellsAloneTheMostPromisingShardFirst() throws Exception {
    serve();
    ask(QueryScope.DEFAULT);
    assertThat(probes()).extracting(Probe::partition).containsOnly(ID);
    assertThat(probes()).extracting(Probe::cellShard).containsExactly(1, 0, 3);
    assertThat(probes().get(0).cells()).containsExactly(9);
    assertThat(probes().get(0).cellShards()).containsExactly(1, 0, 3);
    assertThat(routed())
        .returns(3, RoutedQuery::shards)
        .returns(3, RoutedQuery::cells)
        .returns(false, RoutedQuery::exact)
        .returns(LINE.digest().toString(), RouteFunctionTest::partition);
  }

  @Test
  void oneShardHasAllOfItsCellsInOneProbe() throws Exception {
    serve();
    ask(new QueryScope(5, null, false, 6, null));
    assertThat(probes()).hasSize(4);
    assertThat(probes().get(0).cells()).containsExactly(9, 5);
    assertThat(routed().cells()).isEqualTo(6);
  }

  @Test
  void questionThatWantsMoreCellsThanThereAreIsExact() throws Exception {
    serve();
    ask(new QueryScope(5, null, false, 99, null));
    assertThat(routed()).returns(10, RoutedQuery::cells).returns(true, RoutedQuery::exact);
  }

  @Test
  void exactQuestionIsSearchedInAllCellsWhateverItsNprobe() throws Exception {
    serve();
    ask(new QueryScope(5, null, true, 1, null));
    assertThat(routed()).returns(10, RoutedQuery::cells).returns(true, RoutedQuery::exact);
  }

  @Test
  void passagesThatTheQueryNamesAreSearchedForInAllCells() throws Exception {
    serve();
    String uid = Hash128.ofTexts("a").toString();
    QueryOptions options = QueryOptions.DEFAULT.with(Competition.among(List.of(uid)));
    ask(embedded(new QueryScope(5, null, false, 1, null), options, QUERY));
    assertThat(routed()).returns(10, RoutedQuery::cells).returns(true, RoutedQuery::exact);
    assertThat(probes())
        .extracting(probe -> probe.sought().passages())
        .containsOnly(List.of(Hash128.ofTexts("a")));
  }

  /** It meets no vector in any cell, and must not fail. */
  @Test
  void vectorOfAnotherDimensionThanTheCentroidsGoesToAllCells() throws Exception {
    serve();
    ask(embedded(QueryScope.DEFAULT, new float[] {1, 2}));
    assertThat(routed()).returns(10, RoutedQuery::cells).returns(true, RoutedQuery::exact);
  }

  /** The topic brings the centroids again. */
  @Test
  void restoredRouteSearchesAllCellsOfThePartitionUntilItsCentroidsAreThere() throws Exception {
    serve();
    OperatorSubtaskState state = harness.snapshot(1, 1);
    harness.close();
    start();
    harness.initializeState(state);
    harness.open();
    ask(QueryScope.DEFAULT);
    assertThat(probes()).extracting(Probe::partition).containsOnly(ID);
    assertThat(routed())
        .returns(10, RoutedQuery::cells)
        .returns(true, RoutedQuery::exact)
        .returns(LINE.digest().toString(), RouteFunctionTest::partition);

    chunks();
    awaitAssembled();
    ask(QueryScope.DEFAULT);
    assertThat(routed().cells()).isEqualTo(3);
  }

  @Test
  void versionThatHadItsTimeIsUndividedAgain() throws Exception {
    serve();
    hear(PartitionEvent.of(Kind.OVER, ID, 7));
    ask(QueryScope.DEFAULT);
    assertThat(probes()).extracting(Probe::partition).containsOnly(new PartitionId(1, 0));
  }

  private void start() throws Exception {
    harness =
        new TwoInputStreamOperatorTestHarness<>(
            new CoBroadcastWithNonKeyedOperator<>(
                new RouteFunction(SHARDS), List.of(PartitionState.DESCRIPTOR)));
  }

  private void fill() throws Exception {
    chunks();
    hear(PartitionEvents.fill(ID, LINE));
    awaitAssembled();
  }

  private void serve() throws Exception {
    fill();
    hear(PartitionEvent.of(Kind.SERVE, ID, 7));
  }

  private void chunks() throws Exception {
    for (PartitionEvent chunk : PartitionEvents.chunks(ID, LINE)) {
      hear(chunk);
    }
  }

  private void hear(PartitionEvent event) throws Exception {
    harness.processElement2(new StreamRecord<>(event));
  }

  /** A question takes it over. */
  private void awaitAssembled() {
    var operator = (CoBroadcastWithNonKeyedOperator<?, ?, ?>) harness.getOperator();
    PartitionState running = ((RouteFunction) operator.getUserFunction()).partitions();
    assertThat(running.isAssembling()).isTrue();
    await()
        .atMost(Duration.ofMinutes(1))
        .pollInSameThread()
        .until(
            () -> {
              var unused = running.takeAssembled();
              return !running.isAssembling();
            });
  }

  private void ask(QueryScope scope) throws Exception {
    ask(embedded(scope, QUERY));
  }

  private void ask(EmbeddedQuery query) throws Exception {
    harness.getOutput().clear();
    harness.processElement1(new StreamRecord<>(query));
  }

  private List<Probe> probes() {
    return harness.extractOutputValues();
  }

  private RoutedQuery routed() {
    List<RoutedQuery> all = side(RouteFunction.ROUTED);
    return all.get(all.size() - 1);
  }

  private <T> List<T> side(OutputTag<T> tag) {
    var records = harness.getSideOutput(tag);
    return records == null ? List.of() : records.stream().map(StreamRecord::getValue).toList();
  }

  private static String partition(RoutedQuery query) {
    return query.query().stamped().version().partition();
  }

  private static AnswerResult result(OutboundRecord answer) {
    try {
      return Codecs.ANSWER.decode(Objects.requireNonNull(answer.value())).result();
    } catch (Exception e) {
      throw new AssertionError(Arrays.toString(answer.value()), e);
    }
  }

  private static EmbeddedQuery failed(String failure, @Nullable AnswerStatus as) {
    return new EmbeddedQuery(
        stamped(QueryScope.DEFAULT), new float[0], null, false, 0, failure, as);
  }

  private static EmbeddedQuery embedded(QueryScope scope, float[] vector) {
    return embedded(scope, QueryOptions.DEFAULT, vector);
  }

  private static EmbeddedQuery embedded(QueryScope scope, QueryOptions options, float[] vector) {
    return new EmbeddedQuery(stamped(scope, options), vector, null, false, 0, null, null);
  }

  private static StampedQuery stamped(QueryScope scope) {
    return stamped(scope, QueryOptions.DEFAULT);
  }

  private static StampedQuery stamped(QueryScope scope, QueryOptions options) {
    Query query = new Query("q", "Who?", QueryKind.RETRIEVE, scope, null, options);
    return new StampedQuery(
        new QueryRequest("request", query, Long.MAX_VALUE, List.of(), SearchLimit.first(5)),
        0,
        new IndexVersion(1, "", "", "", "flat-4"),
        1,
        DefaultCheckpoints.minilm(),
        true,
        null,
        WhiteSpace.NONE);
  }
}
