package io.realmstream.jobs.retriever;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.model.checkpoint.DefaultCheckpoints;
import io.realmstream.schemas.query.IndexVersion;
import io.realmstream.schemas.query.Query;
import io.realmstream.schemas.query.QueryKind;
import io.realmstream.schemas.query.QueryOptions;
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

  private TwoInputStreamOperatorTestHarness<RetrievedQuery, Freshness, RetrievedQuery> harness;

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
  void answerHasTheFreshnessThatWasConfirmedBeforeItsStamp() throws Exception {
    confirm(100, 1);
    confirm(100, THROUGH);
    confirm(200, Instant.ofEpochMilli(190));

    assertThat(retrieve(1, 200, true)).isEqualTo(new Claim(true, THROUGH));
    assertThat(retrieve(1, 100, false)).isEqualTo(new Claim(false, null));
  }

  /** The log may know a version whose vectors a restored index has yet to read again. */
  @Test
  void answerOfAnIndexThatIsNotCompleteHereClaimsNothing() throws Exception {
    confirm(100, 1);
    confirm(100, THROUGH);

    assertThat(retrieve(2, 200, true)).isEqualTo(new Claim(false, null));

    confirm(300, 2);
    assertThat(retrieve(2, 300, true)).isEqualTo(new Claim(false, null));
    assertThat(retrieve(2, 301, true)).isEqualTo(new Claim(true, THROUGH));
    assertThat(retrieve(1, 301, true)).isEqualTo(new Claim(true, THROUGH));
  }

  @Test
  void indexThatIsConfirmedAgainWasCompleteAllTheWhile() throws Exception {
    confirm(100, 1);
    confirm(300, 1);

    assertThat(retrieve(1, 200, true)).isEqualTo(new Claim(true, null));
  }

  @Test
  void completenessSurvivesARestore() throws Exception {
    confirm(100, 1);
    OperatorSubtaskState snapshot = harness.snapshot(1, 1);
    harness.close();
    harness = harness();
    harness.initializeState(snapshot);
    harness.open();

    assertThat(retrieve(1, 200, true)).isEqualTo(new Claim(true, null));
    assertThat(retrieve(2, 200, true)).isEqualTo(new Claim(false, null));
  }

  private record Claim(boolean complete, @Nullable Instant through) {}

  private static TwoInputStreamOperatorTestHarness<RetrievedQuery, Freshness, RetrievedQuery>
      harness() throws Exception {
    return new TwoInputStreamOperatorTestHarness<>(
        new CoBroadcastWithNonKeyedOperator<>(
            new DateFunction(), List.of(DateFunction.HISTORY, DateFunction.COMPLETE)));
  }

  private void confirm(long atMs, Instant through) throws Exception {
    harness.processElement2(
        new StreamRecord<>(new Freshness(Instant.ofEpochMilli(atMs), through, null)));
  }

  private void confirm(long atMs, int index) throws Exception {
    harness.processElement2(
        new StreamRecord<>(new Freshness(Instant.ofEpochMilli(atMs), null, index)));
  }

  /** What the answer of an index says of itself. */
  private Claim retrieve(int index, long stampedMs, boolean complete) throws Exception {
    Query query =
        new Query(
            "q", "Who?", QueryKind.RETRIEVE, 5, null, false, null, null, QueryOptions.DEFAULT);
    StampedQuery stamped =
        new StampedQuery(
            new QueryRequest("request", query, 600_000, List.of()),
            stampedMs,
            new IndexVersion(index, "d", "q", "r", "flat-3"),
            index,
            DefaultCheckpoints.minilm(),
            complete);
    EmbeddedQuery embedded = new EmbeddedQuery(stamped, new float[1], null, false, 0, null);
    harness.processElement1(
        new StreamRecord<>(
            new RetrievedQuery(embedded, List.of(), 3, true, 0, 0, 0, false, false, 400, null)));
    RetrievedQuery dated = harness.extractOutputValues().get(0);
    harness.getOutput().clear();
    return new Claim(dated.query().stamped().complete(), dated.indexedThrough());
  }
}
