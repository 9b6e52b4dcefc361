package io.realmstream.jobs.retriever.query;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.jobs.DeadLetters;
import io.realmstream.jobs.ForeignHeaders;
import io.realmstream.jobs.InboundRecord;
import io.realmstream.jobs.RecordHeader;
import io.realmstream.model.index.topk.SearchLimit;
import io.realmstream.model.query.Deadlines;
import io.realmstream.model.retrieval.SearchAgain;
import io.realmstream.schemas.AnswerHeaders;
import io.realmstream.schemas.query.Query;
import io.realmstream.schemas.query.QueryKind;
import io.realmstream.schemas.query.QueryOptions;
import io.realmstream.schemas.query.QueryScope;
import java.time.Duration;
import java.util.List;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The search-again topic is open to all, so its records meet the limits of questions. */
class DecodeSearchAgainFunctionTest {
  private static final long NOW_MS = 1_700_000_000_000L;
  private static final long AHEAD_MS = 600_000;

  @SuppressWarnings("NullAway.Init") // set before each test
  private OneInputStreamOperatorTestHarness<InboundRecord, QueryRequest> decode;

  @BeforeEach
  void open() throws Exception {
    Deadlines deadlines = new Deadlines(Duration.ofSeconds(10), Duration.ofMillis(AHEAD_MS));
    decode =
        new OneInputStreamOperatorTestHarness<>(
            new ProcessOperator<>(new DecodeSearchAgainFunction(deadlines, 100)));
    decode.open();
    decode.setProcessingTime(NOW_MS);
  }

  @AfterEach
  void close() throws Exception {
    decode.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, NOW_MS, NOW_MS + AHEAD_MS})
  void deadlineOfTheFirstSearchIsKept(long deadlineMs) throws Exception {
    read(query(QueryKind.RETRIEVE), deadlineMs, List.of());

    assertThat(request().deadlineMs()).isEqualTo(deadlineMs);
  }

  /** A question holds state and a timer until its deadline. */
  @ParameterizedTest
  @ValueSource(longs = {NOW_MS + AHEAD_MS + 1, 32_503_680_000_000L, Long.MAX_VALUE})
  void deadlineBeyondTheLimitIsTheLimit(long deadlineMs) throws Exception {
    read(query(QueryKind.RETRIEVE), deadlineMs, List.of());

    assertThat(request().deadlineMs()).isEqualTo(NOW_MS + AHEAD_MS);
  }

  /** An answer with all of them would be refused by its topic, and the job would restart. */
  @Test
  void headersBeyondWhatAnAnswerCarriesStayBehind() throws Exception {
    RecordHeader trace = new RecordHeader("trace", new byte[] {1});
    read(
        query(QueryKind.RETRIEVE),
        NOW_MS,
        List.of(new RecordHeader("noise", new byte[8 << 20]), trace));

    assertThat(request().headers()).usingRecursiveComparison().isEqualTo(List.of(trace));
  }

  @Test
  void headersThatAQuestionCarriesComeBackWithTheCountOfThoseThatStayedBehind() throws Exception {
    List<RecordHeader> carried =
        ForeignHeaders.carried(
            List.of(
                new RecordHeader("full", new byte[AnswerHeaders.CARRIED_BYTES_MAX - 14]),
                new RecordHeader("more", new byte[] {1}),
                new RecordHeader("yet more", new byte[] {2})));
    assertThat(carried).hasSize(2);
    read(query(QueryKind.RETRIEVE), NOW_MS, carried);

    assertThat(request().headers()).usingRecursiveComparison().isEqualTo(carried);
    assertThat(request().headers().get(1).value()).isEqualTo("2".getBytes(UTF_8));
  }

  @Test
  void questionThatWouldBeInvalidIsADeadLetter() throws Exception {
    read(query(QueryKind.MASKED_LM), NOW_MS, List.of());

    assertThat(decode.extractOutputValues()).isEmpty();
    assertThat(decode.getSideOutput(DeadLetters.TAG)).hasSize(1);
  }

  private void read(Query query, long deadlineMs, List<RecordHeader> headers) throws Exception {
    byte[] value = new SearchAgain(query, deadlineMs, SearchLimit.first(2)).encode();
    decode.processElement(
        new StreamRecord<>(new InboundRecord("again", 0, 1, NOW_MS, null, value, headers)));
  }

  private QueryRequest request() {
    return decode.extractOutputValues().get(0);
  }

  private static Query query(QueryKind kind) {
    return new Query("q", "Who?", kind, QueryScope.ofPassages(2), null, QueryOptions.DEFAULT);
  }
}
