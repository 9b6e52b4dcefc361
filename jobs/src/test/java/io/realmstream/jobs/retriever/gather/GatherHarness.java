package io.realmstream.jobs.retriever.gather;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

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
import io.realmstream.model.query.Deadlines;
import io.realmstream.model.retrieval.SearchTally;
import io.realmstream.model.serving.revision.FoundPassage;
import io.realmstream.model.text.WhiteSpace;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.answer.IndexVersion;
import io.realmstream.schemas.answer.QuotedPassage;
import io.realmstream.schemas.document.Provenance;
import io.realmstream.schemas.query.Query;
import io.realmstream.schemas.query.QueryKind;
import io.realmstream.schemas.query.QueryOptions;
import io.realmstream.schemas.query.QueryScope;
import java.time.Duration;
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

/** A {@code gather-passages} of its own, and questions for it with their hits. */
final class GatherHarness {
  static final long DEADLINE_MS = 5_000;
  static final int HITS_MAX = 100;

  private static final Deadlines DEADLINES =
      new Deadlines(Duration.ofSeconds(10), Duration.ofMinutes(10));

  static final Duration KNOWN = Duration.ofSeconds(1);
  static final List<RecordHeader> HEADERS = List.of(new RecordHeader("trace", "7".getBytes(UTF_8)));

  List<RecordHeader> headers = HEADERS;
  WhiteSpace white = WhiteSpace.NONE;
  private final KeyedTwoInputStreamOperatorTestHarness<String, Candidates, Found, RetrievedQuery>
      harness;

  GatherHarness(int hitsMax) throws Exception {
    harness = harness(hitsMax);
  }

  void close() throws Exception {
    harness.close();
  }

  void setProcessingTime(long ms) throws Exception {
    harness.setProcessingTime(ms);
  }

  /** Without what the shards found. */
  void ask(Candidates candidates) throws Exception {
    harness.processElement1(new StreamRecord<>(candidates));
  }

  List<RetrievedQuery> answers() {
    return harness.extractOutputValues();
  }

  void gather(Candidates candidates, List<FoundPassage> standing) throws Exception {
    harness.getOutput().clear();
    harness.processElement1(new StreamRecord<>(candidates));
    harness.processElement2(new StreamRecord<>(new Found("request", DEADLINE_MS, 0, standing)));
  }

  RetrievedQuery answer() {
    assertThat(harness.extractOutputValues()).hasSize(1);
    return harness.extractOutputValues().get(0);
  }

  List<OutboundRecord> again() {
    var side = harness.getSideOutput(GatherPassagesFunction.SEARCHES_AGAIN);
    return side == null ? List.of() : side.stream().map(StreamRecord::getValue).toList();
  }

  /** The request that a record of the topic is read as. */
  static QueryRequest read(OutboundRecord record, int hitsMax) throws Exception {
    var decode = decode(hitsMax);
    byte[] value = Objects.requireNonNull(record.value());
    decode.processElement(new StreamRecord<>(inbound(value, record.headers())));
    QueryRequest request = decode.extractOutputValues().get(0);
    decode.close();
    return request;
  }

  static OneInputStreamOperatorTestHarness<InboundRecord, QueryRequest> decode(int hitsMax)
      throws Exception {
    OneInputStreamOperatorTestHarness<InboundRecord, QueryRequest> decode =
        new OneInputStreamOperatorTestHarness<>(
            new ProcessOperator<>(new DecodeSearchAgainFunction(DEADLINES, hitsMax)));
    decode.open();
    return decode;
  }

  static InboundRecord inbound(byte @Nullable [] value, List<RecordHeader> headers) {
    return new InboundRecord("again", 2, 41, 7, null, value, headers);
  }

  static KeyedTwoInputStreamOperatorTestHarness<String, Candidates, Found, RetrievedQuery> harness(
      int hitsMax) throws Exception {
    var harness =
        new KeyedTwoInputStreamOperatorTestHarness<>(
            new KeyedCoProcessOperator<>(new GatherPassagesFunction(hitsMax, KNOWN)),
            (Candidates candidates) -> candidates.query().stamped().id(),
            Found::request,
            Types.STRING);
    harness.setStateBackend(new EmbeddedRocksDBStateBackend());
    harness.open();
    return harness;
  }

  static Query query(int k) {
    return query(k, QueryOptions.DEFAULT);
  }

  static Query query(int k, QueryOptions options) {
    return new Query(
        "id", "text", QueryKind.RETRIEVE, new QueryScope(k, null, true, null, null), null, options);
  }

  Candidates candidates(Query query, List<Hit> hits, SearchLimit limit, boolean cut) {
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
    Double nullScore = query.nullDocument() ? Double.valueOf(0) : null;
    EmbeddedQuery embedded =
        new EmbeddedQuery(stamped, new float[] {1}, nullScore, false, 0, null, null);
    return new Candidates(
        embedded, hits, List.of(0), new SearchTally(4, 12, 12), true, false, limit, cut);
  }

  /** Hits of the uids 1 to count, the best first. */
  static List<Hit> hits(int count) {
    return IntStream.rangeClosed(1, count).mapToObj(i -> new Hit(uid(i), 0, 1.0 / i)).toList();
  }

  /** Of these hits the first so many, each of a content of its own. */
  static List<FoundPassage> standing(int count) {
    return IntStream.rangeClosed(1, count).mapToObj(i -> passage(i, i)).toList();
  }

  static FoundPassage passage(int uid, int content) {
    return new FoundPassage(
        uid(uid),
        new Hash128(1, content),
        new QuotedPassage("document", "", "text " + content, 1, null, 0, 1, Provenance.NONE));
  }

  static Hash128 uid(int number) {
    return new Hash128(0, number);
  }
}
