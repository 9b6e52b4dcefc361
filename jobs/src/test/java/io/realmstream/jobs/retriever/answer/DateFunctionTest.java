package io.realmstream.jobs.retriever.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.jobs.retriever.StateEntries;
import io.realmstream.jobs.retriever.gather.RetrievedQuery;
import io.realmstream.jobs.retriever.query.EmbeddedQuery;
import io.realmstream.jobs.retriever.query.QueryRequest;
import io.realmstream.jobs.retriever.query.StampedQuery;
import io.realmstream.model.checkpoint.DefaultCheckpoints;
import io.realmstream.model.freshness.FreshnessClaim;
import io.realmstream.model.index.topk.SearchLimit;
import io.realmstream.model.retrieval.SearchTally;
import io.realmstream.model.text.WhiteSpace;
import io.realmstream.schemas.answer.IndexVersion;
import io.realmstream.schemas.query.FreshnessMark;
import io.realmstream.schemas.query.Query;
import io.realmstream.schemas.query.QueryKind;
import io.realmstream.schemas.query.QueryOptions;
import io.realmstream.schemas.query.QueryScope;
import java.time.Instant;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithNonKeyedOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.TwoInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DateFunctionTest {
  private static final Instant THROUGH = Instant.ofEpochMilli(90);

  private long nowMs = 1_000;

  private TwoInputStreamOperatorTestHarness<RetrievedQuery, FreshnessClaim, RetrievedQuery> harness;

  @BeforeEach
  void open() throws Exception {
    harness = harness();
    harness.open();
  }

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  @Test
  void answerHasTheClaimWhoseMarkItsStampHadSeen() throws Exception {
    say(7, 1, null, 1);
    say(7, 2, THROUGH, 1);
    say(7, 3, Instant.ofEpochMilli(190), 1);

    assertThat(retrieve(1, mark(7, 2), true)).isEqualTo(new Claim(true, THROUGH));
    assertThat(retrieve(1, mark(7, 1), true)).isEqualTo(new Claim(true, null));
    assertThat(retrieve(1, mark(7, 2), false)).isEqualTo(new Claim(false, THROUGH));
    assertThat(retrieve(1, null, true)).isEqualTo(new Claim(false, null));
  }

  /** By whatever clocks: the stamp's may be behind or ahead. */
  @Test
  void clocksOfStampAndFreshnessAreNotCompared() throws Exception {
    nowMs = 10_000_000;
    say(7, 1, THROUGH, 1);
    nowMs = 10_000_100;
    say(7, 2, Instant.ofEpochMilli(190), 1);

    assertThat(retrieve(1, mark(7, 1), true)).isEqualTo(new Claim(true, THROUGH));
  }

  /** The log may know a version whose vectors a restored index has yet to read again. */
  @Test
  void answerOfAnIndexThatIsNotCompleteHereClaimsNothing() throws Exception {
    say(7, 1, THROUGH, 1);
    say(7, 2, THROUGH, 1, 2);

    assertThat(retrieve(2, mark(7, 1), true)).isEqualTo(new Claim(false, null));
    assertThat(retrieve(2, mark(7, 2), true)).isEqualTo(new Claim(true, THROUGH));
    assertThat(retrieve(1, mark(7, 2), true)).isEqualTo(new Claim(true, THROUGH));
  }

  @Test
  void markOvertakesItsClaimAndTheOneBeforeHolds() throws Exception {
    say(7, 1, THROUGH, 1);

    assertThat(retrieve(1, mark(7, 2), true)).isEqualTo(new Claim(true, THROUGH));
  }

  /** A restored index lacks what the run before said behind the checkpoint. */
  @Test
  void whatWasSaidBehindACheckpointIsUnknownAfterARestore() throws Exception {
    say(7, 1, THROUGH, 1);
    OperatorSubtaskState snapshot = harness.snapshot(1, 1);
    say(7, 2, Instant.ofEpochMilli(190), 1, 2);
    harness.close();
    harness = harness();
    harness.initializeState(snapshot);
    harness.open();

    assertThat(retrieve(1, mark(7, 2), true)).isEqualTo(new Claim(true, THROUGH));
    assertThat(retrieve(2, mark(7, 2), true)).isEqualTo(new Claim(false, null));
    say(8, 1, THROUGH, 1);
    assertThat(retrieve(1, mark(8, 1), true)).isEqualTo(new Claim(true, THROUGH));
  }

  @Test
  void claimsOfTheLastMinuteAreKept() throws Exception {
    for (int i = 0; i < 1_000; i++) {
      nowMs = 1_000L * i;
      say(7, i, Instant.ofEpochMilli(i), 1);
    }

    assertThat(StateEntries.broadcast(harness, DateFunction.CLAIMS)).isEqualTo(61);
    assertThat(retrieve(1, mark(7, 939), true).through()).isEqualTo(Instant.ofEpochMilli(939));
    assertThat(retrieve(1, mark(7, 938), true).through()).isNull();
  }

  private record Claim(boolean complete, @Nullable Instant through) {}

  private static TwoInputStreamOperatorTestHarness<RetrievedQuery, FreshnessClaim, RetrievedQuery>
      harness() throws Exception {
    return new TwoInputStreamOperatorTestHarness<>(
        new CoBroadcastWithNonKeyedOperator<>(new DateFunction(), List.of(DateFunction.CLAIMS)));
  }

  private static FreshnessMark mark(long run, long number) {
    return new FreshnessMark(run, number, null);
  }

  private void say(long run, long number, @Nullable Instant through, Integer... complete)
      throws Exception {
    harness.processElement2(
        new StreamRecord<>(
            new FreshnessClaim(new FreshnessMark(run, number, through), nowMs, List.of(complete))));
  }

  /** What the answer of an index says of itself. */
  private Claim retrieve(int index, @Nullable FreshnessMark mark, boolean complete)
      throws Exception {
    Query query =
        new Query(
            "q", "Who?", QueryKind.RETRIEVE, QueryScope.ofPassages(5), null, QueryOptions.DEFAULT);
    StampedQuery stamped =
        new StampedQuery(
            new QueryRequest(
                "request", query, 600_000, List.of(), SearchLimit.first(query.passages())),
            100,
            new IndexVersion(index, "d", "q", "r", "flat-3"),
            index,
            DefaultCheckpoints.minilm(),
            complete,
            mark,
            WhiteSpace.NONE);
    EmbeddedQuery embedded = new EmbeddedQuery(stamped, new float[1], null, false, 0, null, null);
    harness.processElement1(
        new StreamRecord<>(
            new RetrievedQuery(
                embedded, List.of(), new SearchTally(3, 0, 0), true, 0, false, 400, null)));
    RetrievedQuery dated = harness.extractOutputValues().get(0);
    harness.getOutput().clear();
    return new Claim(dated.query().stamped().complete(), dated.indexedThrough());
  }
}
