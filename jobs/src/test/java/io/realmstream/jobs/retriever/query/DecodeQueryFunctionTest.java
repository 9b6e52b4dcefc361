package io.realmstream.jobs.retriever.query;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.jobs.InboundRecord;
import io.realmstream.jobs.OutboundRecord;
import io.realmstream.jobs.RecordHeader;
import io.realmstream.model.query.Deadlines;
import io.realmstream.schemas.AnswerHeaders;
import io.realmstream.schemas.answer.Answer;
import io.realmstream.schemas.answer.AnswerStatus;
import io.realmstream.schemas.json.Codecs;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecodeQueryFunctionTest {
  private static final long NOW_MS = 1_700_000_000_000L;

  @SuppressWarnings("NullAway.Init") // set before each test
  private OneInputStreamOperatorTestHarness<InboundRecord, QueryRequest> decode;

  @BeforeEach
  void open() throws Exception {
    Deadlines deadlines = new Deadlines(Duration.ofSeconds(10), Duration.ofMinutes(10));
    decode =
        new OneInputStreamOperatorTestHarness<>(
            new ProcessOperator<>(new DecodeQueryFunction(deadlines)));
    decode.open();
    decode.setProcessingTime(NOW_MS);
  }

  @AfterEach
  void close() throws Exception {
    decode.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"2033-05-18T03:33:20Z", "9999-12-31T23:59:59Z", "2023-11-14T22:23:20.001Z"})
  void deadlineBeyondTheLimitIsInvalidAndNamesIt(String deadline) throws Exception {
    read(query(deadline), NOW_MS, List.of());

    assertThat(decode.extractOutputValues()).isEmpty();
    assertThat(answer().result().status()).isEqualTo(AnswerStatus.INVALID);
    assertThat(answer().result().reason())
        .startsWith("deadline: must be at most 600000 ms ahead of the time when the query is read");
  }

  @Test
  void deadlineAtTheLimitIsTaken() throws Exception {
    Instant last = Instant.ofEpochMilli(NOW_MS).plus(Duration.ofMinutes(10));
    read(query(last.toString()), NOW_MS, List.of());

    assertThat(decode.extractOutputValues())
        .extracting(QueryRequest::deadlineMs)
        .containsExactly(last.toEpochMilli());
  }

  @ParameterizedTest
  @ValueSource(
      longs = {NOW_MS, NOW_MS + 3_600_000, 253_402_300_799_999L, InboundRecord.NO_TIMESTAMP})
  void timestampOfAClockThatIsAheadGivesNoMoreTime(long sentMs) throws Exception {
    read("{\"id\":\"q\",\"text\":\"t\"}", sentMs, List.of());

    assertThat(decode.extractOutputValues())
        .extracting(QueryRequest::deadlineMs)
        .containsExactly(NOW_MS + 10_000);
  }

  /** They travel with the query through every stage, and end in the answer's record. */
  @Test
  void headersBeyondTheLimitStayBehindAndAreCounted() throws Exception {
    List<RecordHeader> headers =
        List.of(
            new RecordHeader("noise", new byte[AnswerHeaders.CARRIED_BYTES_MAX]),
            new RecordHeader("trace", new byte[] {1}));
    read("{\"id\":\"q\",\"text\":\"t\"}", NOW_MS, headers);
    read("{\"id\":\"q\",\"text\":\"t\",\"k\":0}", NOW_MS, headers);

    assertCarried(decode.extractOutputValues().get(0).headers(), headers.get(1));
    assertCarried(answers().get(0).headers(), headers.get(1));
  }

  @Test
  void maskedQuestionWithoutAMaskIsInvalid() throws Exception {
    read("{\"id\":\"q\",\"text\":\"t\",\"kind\":\"MASKED_LM\"}", NOW_MS, List.of());

    assertThat(decode.extractOutputValues()).isEmpty();
    assertThat(answer().result().status()).isEqualTo(AnswerStatus.INVALID);
    assertThat(answer().result().reason())
        .isEqualTo("text: must have 1 to 10 masks [MASK] (has 0)");
  }

  @Test
  void thresholdOutsideZeroToOneIsInvalid() throws Exception {
    String options = "{\"probabilityMin\":1.0625}";
    read("{\"id\":\"q\",\"text\":\"t\",\"options\":" + options + "}", NOW_MS, List.of());

    assertThat(decode.extractOutputValues()).isEmpty();
    assertThat(answer().result().status()).isEqualTo(AnswerStatus.INVALID);
    assertThat(answer().result().reason())
        .isEqualTo("options.probabilityMin: must have a maximum value of 1 (is 1.0625)");
  }

  private static void assertCarried(List<RecordHeader> carried, RecordHeader kept) {
    assertThat(carried)
        .usingRecursiveComparison()
        .isEqualTo(List.of(kept, new RecordHeader(AnswerHeaders.DROPPED, "1".getBytes(UTF_8))));
  }

  private static String query(String deadline) {
    return "{\"id\":\"q\",\"text\":\"t\",\"deadline\":\"" + deadline + "\"}";
  }

  private void read(String query, long sentMs, List<RecordHeader> headers) throws Exception {
    decode.processElement(
        new StreamRecord<>(
            new InboundRecord("queries", 0, 1, sentMs, null, query.getBytes(UTF_8), headers)));
  }

  private Answer answer() throws Exception {
    return Codecs.ANSWER.decode(Objects.requireNonNull(answers().get(0).value()));
  }

  private List<OutboundRecord> answers() {
    return decode.getSideOutput(Answers.EARLY).stream().map(StreamRecord::getValue).toList();
  }
}
