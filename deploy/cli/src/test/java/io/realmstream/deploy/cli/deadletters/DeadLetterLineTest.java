package io.realmstream.deploy.cli.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.deploy.client.deadletters.DeadLetter;
import io.realmstream.schemas.DeadLetterHeaders;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DeadLetterLineTest {
  private static final Map<String, String> REFUSED =
      Map.of(
          DeadLetterHeaders.TOPIC,
          "kb.documents.v1",
          DeadLetterHeaders.PARTITION,
          "2",
          DeadLetterHeaders.OFFSET,
          "7",
          DeadLetterHeaders.STAGE,
          "decode",
          DeadLetterHeaders.CLASS,
          "MALFORMED",
          DeadLetterHeaders.MESSAGE,
          "no \"title\"");

  @Test
  void whatIsNotThereIsADash() {
    assertThat(DeadLetterLine.of(letter(null, null, Map.of())))
        .isEqualTo("4  2026-01-01T00:00:00Z  -      -  0 bytes  ");
  }

  @Test
  void lineTellsWhereItStoodAndWhatIsKept() {
    Map<String, String> cut = new TreeMap<>(REFUSED);
    cut.put(DeadLetterHeaders.TRUNCATED, "true");
    assertThat(DeadLetterLine.of(letter("a  b", new byte[1_234], cut)))
        .isEqualTo(
            "4  2026-01-01T00:00:00Z  kb.documents.v1[2]@7  decode  MALFORMED  a b"
                + "  1,234 bytes (truncated)  no \"title\"");
    cut.put(DeadLetterHeaders.KEPT, "the key");
    assertThat(DeadLetterLine.of(letter("a", new byte[1], cut)))
        .contains("  1 bytes (truncated; the key)  no ");
  }

  private static DeadLetter letter(
      @Nullable String key, byte @Nullable [] value, Map<String, String> headers) {
    RecordHeaders all = new RecordHeaders();
    headers.forEach((name, text) -> all.add(name, text.getBytes(UTF_8)));
    return new DeadLetter(
        new ConsumerRecord<>(
            "kb.dead-letters.v1",
            0,
            4,
            1_767_225_600_000L,
            TimestampType.CREATE_TIME,
            0,
            0,
            key == null ? null : key.getBytes(UTF_8),
            value,
            all,
            Optional.empty()));
  }
}
