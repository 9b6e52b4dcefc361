package io.realmstream.deploy.client.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.deploy.json.Json;
import io.realmstream.schemas.DeadLetterHeaders;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DeadLetterTest {
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
  void jsonHoldsATextAsText() {
    DeadLetter letter = letter("a", "{\"id\":é}".getBytes(UTF_8), REFUSED);
    assertThat(Json.line(letter.report(null)))
        .isEqualTo(
            """
            {"number":4,"at":"2026-01-01T00:00:00Z","topic":"kb.documents.v1","partition":"2",\
            "offset":"7","stage":"decode","class":"MALFORMED","message":"no \\"title\\"",\
            "id":"a","bytes":9,"truncated":false,"value":"{\\"id\\":é}"}\
            """);
    assertThat(Json.line(letter.report(false)))
        .endsWith(",\"value\":\"{\\\"id\\\":é}\",\"sent\":false}");
  }

  @Test
  void jsonHoldsOtherBytesInBase64AndSaysWhatIsKept() {
    Map<String, String> cut = new TreeMap<>(REFUSED);
    cut.put(DeadLetterHeaders.TRUNCATED, "true");
    cut.put(DeadLetterHeaders.KEPT, "value: 1 of 5 bytes");
    assertThat(Json.line(letter("a", new byte[] {(byte) 0xff}, cut).report(null)))
        .endsWith(
            ",\"id\":\"a\",\"bytes\":1,\"truncated\":true,\"kept\":\"value: 1 of 5 bytes\","
                + "\"valueBase64\":\"/w==\"}");
  }

  @Test
  void whatIsNotThereIsEmptyOrAbsent() {
    assertThat(Json.line(letter(null, null, Map.of()).report(null)))
        .isEqualTo(
            """
            {"number":4,"at":"2026-01-01T00:00:00Z","topic":"","partition":"","offset":"",\
            "stage":"","class":"","message":"","id":"","bytes":0,"truncated":false}\
            """);
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
