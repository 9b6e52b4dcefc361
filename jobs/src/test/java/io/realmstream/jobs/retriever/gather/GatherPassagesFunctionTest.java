package io.realmstream.jobs.retriever.gather;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.jobs.DeadLetters;
import io.realmstream.jobs.InboundRecord;
import io.realmstream.jobs.OutboundRecord;
import io.realmstream.jobs.RecordHeader;
import io.realmstream.jobs.retriever.passages.Found;
import io.realmstream.jobs.retriever.query.DecodeSearchAgainFunction;
import io.realmstream.jobs.retriever.query.EmbeddedQuery;
import io.realmstream.jobs.retriever.query.QueryRequest;
import io.realmstream.jobs.retriever.query.StampedQuery;
import io.realmstream.model.checkpoint.DefaultCheckpoints;
import io.realmstream.model.index.topk.Hit;
import io.realmstream.model.index.topk.SearchLimit;
import io.realmstream.model.retrieval.SearchTally;
import io.realmstream.model.serving.revision.FoundPassage;
import io.realmstream.model.text.WhiteSpace;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.answer.IndexVersion;
import io.realmstream.schemas.answer.QuotedPassage;
import io.realmstream.schemas.query.Decoding;
import io.realmstream.schemas.query.Normalization;
import io.realmstream.schemas.query.Query;
import io.realmstream.schemas.query.QueryKind;
import io.realmstream.schemas.query.QueryOptions;
import io.realmstream.schemas.query.QueryScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of a question of whose hits some, or nearly all, are copies or stand no more. */
class GatherPassagesFunctionTest {
  private static final long DEADLINE_MS = 5_000;
  private static final int HITS_MAX = 100;
  private static final SearchLimit LIMIT = new SearchLimit(20, 40);
  private static final List<RecordHeader> HEADERS =
      List.of(new RecordHeader("trace", "7".getBytes(UTF_8)));

  private List<RecordHeader> headers = HEADERS;
  private WhiteSpace white = WhiteSpace.NONE;
  private KeyedTwoInputStreamOperatorTestHarness<String, Candidates, Found, RetrievedQuery> harness;

  @SuppressWarnings("NullAway.Init") // set before each test
  GatherPassagesFunctionTest() {}

  @BeforeEach
  void start() throws Exception {
    harness = harness(HITS_MAX);
  }

  @AfterEach
  void stop() throws Exception {
    harness.close();
  }

  @Test
  void enoughThatStandAreExactThoughMoreWasCutOff() throws Exception {
    gather(candidates(query(10), hits(12), LIMIT, true), standing(12));

    assertThat(answer().exact()).isTrue();
    assertThat(again()).isEmpty();
  }

  @Test
  void allThatThereIsIsExactThoughItIsLessThanWanted() throws Exception {
    gather(candidates(query(10), hits(12), LIMIT, false), standing(3));

    assertThat(answer().exact()).isTrue();
    assertThat(again()).isEmpty();
  }

  @Test
  void tooFewThatStandAreSearchedAgainWithTwiceTheLimit() throws Exception {
    gather(candidates(query(10), hits(12), LIMIT, true), standing(9));

    assertThat(harness.extractOutputValues()).as("one search answers, not both").isEmpty();
    QueryRequest next = read(again().get(0), HITS_MAX);
    assertThat(next.limit()).isEqualTo(new SearchLimit(40, 80));
    assertThat(next.deadlineMs()).isEqualTo(DEADLINE_MS);
    assertThat(next.headers()).usingRecursiveComparison().isEqualTo(HEADERS);
    assertThat(next.query()).isEqualTo(query(10));
    assertThat(next.request()).as("the parts of two searches must not mix").isEqualTo("again-2-41");
  }

  @Test
  void copiesCountOnce() throws Exception {
    List<FoundPassage> found = new ArrayList<>();
    for (int uid = 1; uid <= 12; uid++) {
      found.add(passage(uid, uid / 2));
    }
    gather(candidates(query(8), hits(12), LIMIT, true), found);

    assertThat(again()).as("twelve that stand, of seven contents").hasSize(1);
  }

  @Test
  void passagesThatDifferInWhiteSpaceAloneCountOnce() throws Exception {
    white = new WhiteSpace(" ");
    List<FoundPassage> found = new ArrayList<>();
    for (int uid = 1; uid <= 12; uid++) {
      String text = "text%s%d".formatted(" ".repeat(1 + uid % 2), uid / 2);
      found.add(
          new FoundPassage(
              uid(uid), new Hash128(1, uid), new QuotedPassage("d", "", text, 1, null, 0, 1)));
    }
    gather(candidates(query(8), hits(12), LIMIT, true), found);

    assertThat(again()).as("twelve contents, which the models see as seven").hasSize(1);
  }

  @Test
  void theOriginDoesNotCountAndTheNullDocumentTakesAPlace() throws Exception {
    QueryOptions options =
        new QueryOptions(Normalization.PAPER, Decoding.MARGINAL, true, uid(1).toString(), 4);
    gather(candidates(query(10, options), hits(12), LIMIT, true), standing(10));
    assertThat(answer().exact()).as("nine of ten beside the null document").isTrue();

    gather(candidates(query(11, options), hits(12), LIMIT, true), standing(10));
    assertThat(again()).hasSize(1);
  }

  @Test
  void atTheBoundTheAnswerLeavesAndIsNotExact() throws Exception {
    SearchLimit last = LIMIT.twice(HITS_MAX).twice(HITS_MAX);
    gather(candidates(query(10), hits(12), last, true), standing(9));

    RetrievedQuery answer = answer();
    assertThat(answer.exact()).isFalse();
    assertThat(answer.partial()).isFalse();
    assertThat(answer.passages()).hasSize(9);
    assertThat(again()).isEmpty();
  }

  @Test
  void withoutABoundNoSearchIsMadeAgain() throws Exception {
    harness.close();
    harness = harness(0);
    gather(candidates(query(10), hits(12), LIMIT, true), standing(9));

    assertThat(answer().exact()).isFalse();
    assertThat(again()).isEmpty();
  }

  @Test
  void aQuestionTooLargeForTheTopicIsAnsweredAsItIs() throws Exception {
    headers = List.of(new RecordHeader("large", new byte[8 << 20]));
    gather(candidates(query(10), hits(12), LIMIT, true), standing(9));

    assertThat(answer().exact()).isFalse();
    assertThat(again()).isEmpty();
  }

  @Test
  void atTheDeadlineOfAnySearchWhatCameLeavesAsPartial() throws Exception {
    harness.processElement1(new StreamRecord<>(candidates(query(10), hits(12), LIMIT, true)));
    harness.setProcessingTime(DEADLINE_MS);

    RetrievedQuery answer = answer();
    assertThat(answer.partial()).isTrue();
    assertThat(answer.timedOut()).isTrue();
    assertThat(again()).as("there is no time left").isEmpty();
  }

  @Test
  void aRecordWrittenUnderALargerBoundIsReadWithThisOne() throws Exception {
    gather(candidates(query(1), hits(2), LIMIT, true), standing(0));

    OutboundRecord record = again().get(0);
    assertThat(read(record, 75).limit()).isEqualTo(new SearchLimit(40, 75));
    assertThat(read(record, 0).limit())
        .as("never below the first")
        .isEqualTo(new SearchLimit(40, SearchLimit.first(1).hits()));
  }

  @Test
  void whatIsNoSearchIsADeadLetter() throws Exception {
    var decode = decode(HITS_MAX);
    decode.processElement(new StreamRecord<>(inbound(new byte[] {1, 2}, List.of())));
    decode.processElement(new StreamRecord<>(inbound(null, List.of())));

    assertThat(decode.extractOutputValues()).isEmpty();
    assertThat(decode.getSideOutput(DeadLetters.TAG)).hasSize(2);
    decode.close();
  }

  private void gather(Candidates candidates, List<FoundPassage> standing) throws Exception {
    harness.getOutput().clear();
    harness.processElement1(new StreamRecord<>(candidates));
    harness.processElement2(new StreamRecord<>(new Found("request", DEADLINE_MS, 0, standing)));
  }

  private RetrievedQuery answer() {
    assertThat(harness.extractOutputValues()).hasSize(1);
    return harness.extractOutputValues().get(0);
  }

  private List<OutboundRecord> again() {
    var side = harness.getSideOutput(GatherPassagesFunction.SEARCHES_AGAIN);
    return side == null ? List.of() : side.stream().map(StreamRecord::getValue).toList();
  }

  /** The request that a record of the topic is read as. */
  private static QueryRequest read(OutboundRecord record, int hitsMax) throws Exception {
    var decode = decode(hitsMax);
    byte[] value = Objects.requireNonNull(record.value());
    decode.processElement(new StreamRecord<>(inbound(value, record.headers())));
    QueryRequest request = decode.extractOutputValues().get(0);
    decode.close();
    return request;
  }

  private static OneInputStreamOperatorTestHarness<InboundRecord, QueryRequest> decode(int hitsMax)
      throws Exception {
    OneInputStreamOperatorTestHarness<InboundRecord, QueryRequest> decode =
        new OneInputStreamOperatorTestHarness<>(
            new ProcessOperator<>(new DecodeSearchAgainFunction(hitsMax)));
    decode.open();
    return decode;
  }

  private static InboundRecord inbound(byte @Nullable [] value, List<RecordHeader> headers) {
    return new InboundRecord("again", 2, 41, 7, null, value, headers);
  }

  private static KeyedTwoInputStreamOperatorTestHarness<String, Candidates, Found, RetrievedQuery>
      harness(int hitsMax) throws Exception {
    var harness =
        new KeyedTwoInputStreamOperatorTestHarness<>(
            new KeyedCoProcessOperator<>(new GatherPassagesFunction(hitsMax)),
            (Candidates candidates) -> candidates.query().stamped().id(),
            Found::request,
            Types.STRING);
    harness.setStateBackend(new EmbeddedRocksDBStateBackend());
    harness.open();
    return harness;
  }

  private static Query query(int k) {
    return query(k, QueryOptions.DEFAULT);
  }

  private static Query query(int k, QueryOptions options) {
    return new Query(
        "id", "text", QueryKind.RETRIEVE, new QueryScope(k, null, true, null), null, options);
  }

  private Candidates candidates(Query query, List<Hit> hits, SearchLimit limit, boolean cut) {
    StampedQuery stamped =
        new StampedQuery(
            new QueryRequest("request", query, DEADLINE_MS, headers, limit),
            0,
            new IndexVersion(1, "", "", "", "flat-4"),
            1,
            DefaultCheckpoints.minilm(),
            true,
            null,
            white);
    Double nullScore = query.options().nullDocument() ? Double.valueOf(0) : null;
    EmbeddedQuery embedded =
        new EmbeddedQuery(stamped, new float[] {1}, nullScore, false, 0, null, null);
    return new Candidates(
        embedded, hits, List.of(0), new SearchTally(4, 12, 12), true, false, limit, cut);
  }

  /** Hits of the uids 1 to count, the best first. */
  private static List<Hit> hits(int count) {
    return IntStream.rangeClosed(1, count).mapToObj(i -> new Hit(uid(i), 0, 1.0 / i)).toList();
  }

  /** Of these hits the first so many, each of a content of its own. */
  private static List<FoundPassage> standing(int count) {
    return IntStream.rangeClosed(1, count).mapToObj(i -> passage(i, i)).toList();
  }

  private static FoundPassage passage(int uid, int content) {
    return new FoundPassage(
        uid(uid),
        new Hash128(1, content),
        new QuotedPassage("document", "", "text " + content, 1, null, 0, 1));
  }

  private static Hash128 uid(int number) {
    return new Hash128(0, number);
  }
}
