package io.realmstream.jobs.learner.feedback;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.jobs.DeadLetters;
import io.realmstream.jobs.InboundRecord;
import io.realmstream.jobs.OutboundRecord;
import io.realmstream.jobs.Shards;
import io.realmstream.jobs.learner.trunks.FeedbackNews;
import io.realmstream.jobs.learner.trunks.TrunkEvent;
import io.realmstream.schemas.learning.Feedback;
import java.util.List;
import java.util.Objects;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DecodeFeedbackFunctionTest {
  private static final int SHARDS = 8;

  @SuppressWarnings("NullAway.Init") // set before each test
  private OneInputStreamOperatorTestHarness<InboundRecord, TrunkEvent> decode;

  @BeforeEach
  void open() throws Exception {
    decode =
        new OneInputStreamOperatorTestHarness<>(
            new ProcessOperator<>(new DecodeFeedbackFunction(SHARDS)));
    decode.open();
  }

  @AfterEach
  void close() throws Exception {
    decode.close();
  }

  @Test
  void feedbackComesUnderTheShardOfItsId() throws Exception {
    read("f1", "{\"id\":\"f1\",\"question\":\"who?\",\"documents\":[\"d\"],\"extra\":1}");
    TrunkEvent event = decode.extractOutputValues().get(0);
    assertThat(event.shard()).isEqualTo(new Shards(SHARDS).ofDocument("f1"));
    assertThat(event.isGap()).isFalse();
    assertThat(event.feedback())
        .isEqualTo(new FeedbackNews("f1", new Feedback("f1", "who?", List.of(), List.of("d"))));
  }

  @Test
  void aRecordWithoutAValueWithdraws() throws Exception {
    read("f1", null);
    assertThat(decode.extractOutputValues().get(0).feedback())
        .isEqualTo(new FeedbackNews("f1", null));
  }

  @Test
  void whatIsBadIsADeadLetterWithItsReason() throws Exception {
    read("f1", "no JSON");
    read("f1", "{\"id\":\"f1\"}");
    read("f1", "{\"id\":\"f1\",\"question\":\" \"}");
    read("f1", "{\"id\":\"f1\",\"question\":\"%s\"}".formatted("q".repeat(100_000)));
    read("f2", "{\"id\":\"f1\",\"question\":\"who?\"}");
    read(null, "{\"id\":\"f1\",\"question\":\"who?\"}");
    assertThat(decode.extractOutputValues()).isEmpty();
    assertThat(deadLetters()).hasSize(6);
  }

  /** However many they are, none is kept. */
  @Test
  void aMillionAnswersAreTooMany() throws Exception {
    String answers = "\"a\",".repeat(200_000) + "\"a\"";
    read("f1", "{\"id\":\"f1\",\"question\":\"who?\",\"answers\":[%s]}".formatted(answers));
    answers = "\"a\",".repeat(999_999) + "\"a\"";
    read("f1", "{\"id\":\"f1\",\"question\":\"who?\",\"answers\":[%s]}".formatted(answers));
    assertThat(decode.extractOutputValues()).isEmpty();
    assertThat(deadLetters()).hasSize(2);
  }

  private List<OutboundRecord> deadLetters() {
    return Objects.requireNonNull(decode.getSideOutput(DeadLetters.TAG)).stream()
        .map(each -> each.getValue())
        .toList();
  }

  private void read(@Nullable String key, @Nullable String value) throws Exception {
    decode.processElement(
        new InboundRecord(
            "feedback",
            2,
            41,
            7,
            key == null ? null : key.getBytes(UTF_8),
            value == null ? null : value.getBytes(UTF_8),
            List.of()),
        0);
  }
}
