package io.realmstream.deploy.client.status;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.deploy.client.deadletters.DeadLetter;
import io.realmstream.schemas.DeadLetterHeaders;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class SignalReaderTest {
  private static final Instant UNTIL = Instant.parse("2026-01-01T12:00:00Z");

  @Test
  void refusedQuestionsAreThoseOfTheirTopicThatAreNotUnderWay() {
    assertThat(isOfQuestions(letter("kb.queries.v1", UNTIL))).isTrue();
    assertThat(isOfQuestions(letter("kb.queries.v1", UNTIL.plusMillis(1)))).isFalse();
    assertThat(isOfQuestions(letter("kb.documents.v1", UNTIL))).isFalse();
  }

  private static boolean isOfQuestions(DeadLetter letter) {
    return SignalReader.isOf("kb.queries.v1", letter, UNTIL);
  }

  private static DeadLetter letter(String topic, Instant at) {
    RecordHeaders headers = new RecordHeaders();
    headers.add(DeadLetterHeaders.TOPIC, topic.getBytes(UTF_8));
    return new DeadLetter(
        new ConsumerRecord<>(
            "kb.dead-letters.v1",
            0,
            0,
            at.toEpochMilli(),
            TimestampType.CREATE_TIME,
            0,
            0,
            null,
            new byte[0],
            headers,
            Optional.empty()));
  }
}
