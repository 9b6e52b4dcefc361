package io.realmstream.jobs.updater.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.jobs.DeadLetters;
import io.realmstream.jobs.InboundRecord;
import io.realmstream.jobs.OutboundRecord;
import io.realmstream.jobs.updater.documents.ShardEvent;
import io.realmstream.schemas.DeadLetterHeaders;
import java.util.List;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecodeRepublicationsFunctionTest {
  private static final String AT = "\"by\": \"test\", \"at\": \"2026-03-01T10:00:00Z\"}";

  @SuppressWarnings("NullAway.Init") // set before each test
  private OneInputStreamOperatorTestHarness<InboundRecord, ShardEvent> decode;

  @BeforeEach
  void open() throws Exception {
    decode =
        new OneInputStreamOperatorTestHarness<>(
            new ProcessOperator<>(new DecodeRepublicationsFunction(4)));
    decode.open();
  }

  @AfterEach
  void close() throws Exception {
    decode.close();
  }

  @Test
  void requestForOneShardGoesToIt() throws Exception {
    read("{\"shard\": 3, \"shards\": 4, " + AT);
    assertThat(decode.extractOutputValues()).containsExactly(ShardEvent.republish(3));
  }

  @Test
  void requestWithoutAShardGoesToAll() throws Exception {
    read("{" + AT);
    assertThat(decode.extractOutputValues())
        .extracting(ShardEvent::shard)
        .containsExactly(0, 1, 2, 3);
  }

  /** There is no request for one version: all that the shard has come again. */
  @Test
  void versionThatARequestNamesIsPassedOver() throws Exception {
    read("{\"shard\": 3, \"version\": 99, " + AT);
    assertThat(decode.extractOutputValues()).containsExactly(ShardEvent.republish(3));
  }

  /** It costs a round, which changes nothing. */
  @Test
  void requestOfLongAgoIsAsGoodAsANewOne() throws Exception {
    read("{\"shard\": 3, \"by\": \"test\", \"at\": \"1970-01-01T00:00:00Z\"}");
    assertThat(decode.extractOutputValues()).containsExactly(ShardEvent.republish(3));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'shard': 4, | shard: must be below 4 (is 4)",
        "{'shard': 1, 'shards': 8, | shards: must be 4 (is 8)",
        "{'shard': 2147483647, | shard: must be below 4 (is 2147483647)",
        "{'shard': -1, | shard: must have a minimum value of 0 (is -1)"
      })
  void requestForAShardThatThereIsNotIsADeadLetter(String begin, String message) throws Exception {
    read(begin.replace('\'', '"') + AT);
    assertThat(decode.extractOutputValues()).isEmpty();
    assertThat(refusal()).isEqualTo(message);
  }

  @Test
  void whatIsNoRequestIsADeadLetter() throws Exception {
    read("once more, please");
    assertThat(decode.extractOutputValues()).isEmpty();
    assertThat(refusal()).isNotEmpty();
  }

  @Test
  void recordWithoutValueIsADeadLetter() throws Exception {
    read(null);
    assertThat(refusal()).isEqualTo("value: is null");
  }

  private void read(@Nullable String json) throws Exception {
    byte[] value = json == null ? null : json.getBytes(UTF_8);
    decode.processElement(
        new StreamRecord<>(new InboundRecord("requests", 0, 1, 7, null, value, List.of())));
  }

  private String refusal() {
    OutboundRecord letter = decode.getSideOutput(DeadLetters.TAG).element().getValue();
    return letter.headers().stream()
        .filter(header -> header.key().equals(DeadLetterHeaders.MESSAGE))
        .map(header -> new String(header.value(), UTF_8))
        .findFirst()
        .orElse("");
  }
}
