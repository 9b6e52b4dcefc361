package io.realmstream.jobs.updater.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.jobs.DeadLetters;
import io.realmstream.jobs.InboundRecord;
import io.realmstream.jobs.OutboundRecord;
import io.realmstream.jobs.Shards;
import io.realmstream.jobs.graph.DocumentsRecord;
import io.realmstream.jobs.updater.documents.ShardEdit;
import io.realmstream.model.document.ReceivedEdit;
import io.realmstream.model.freshness.PartitionRead;
import io.realmstream.model.freshness.ReadThrough;
import io.realmstream.schemas.DeadLetterHeaders;
import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.document.Provenance;
import java.util.List;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DecodeDocumentFunctionTest {
  private static final int BYTES_MAX = 1_000;
  private static final long TIMESTAMP = 1_700_000_000_000L;

  private OneInputStreamOperatorTestHarness<DocumentsRecord, ShardEdit> harness;

  @SuppressWarnings("NullAway.Init")
  DecodeDocumentFunctionTest() {}

  @BeforeEach
  void open() throws Exception {
    harness =
        new OneInputStreamOperatorTestHarness<>(
            new ProcessOperator<>(new DecodeDocumentFunction(new Shards(8), BYTES_MAX)));
    harness.open();
  }

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  @Test
  void editKeepsItsRevision() throws Exception {
    read("a", "{\"id\":\"a\",\"revision\":3,\"kind\":\"UPSERT\",\"text\":\"t\"}", TIMESTAMP);

    assertThat(edits()).extracting(ReceivedEdit::revision).containsExactly(3L);
    assertThat(edits()).extracting(ReceivedEdit::timestamp).containsExactly(TIMESTAMP);
  }

  @Test
  void absentRevisionIsTheKafkaTimestamp() throws Exception {
    read("a", "{\"id\":\"a\",\"kind\":\"UPSERT\",\"text\":\"t\"}", TIMESTAMP);

    assertThat(edits()).extracting(ReceivedEdit::revision).containsExactly(TIMESTAMP);
  }

  @Test
  void recordWithoutValueDeletesTheDocumentOfItsKey() throws Exception {
    read("a", null, TIMESTAMP);

    assertThat(edits())
        .extracting(ReceivedEdit::edit)
        .containsExactly(DocumentEdit.deletion("a", TIMESTAMP));
  }

  @Test
  void linkThatIsNoHttpsAddressIsLeftOutAndTheDocumentTaken() throws Exception {
    for (String link : List.of("https://example.org/a", "http://example.org/a", "javascript:1")) {
      read("a", "{\"id\":\"a\",\"link\":\"" + link + "\",\"license\":\"CC0\"}", TIMESTAMP);
    }

    assertThat(edits())
        .extracting(received -> received.edit().provenance())
        .containsExactly(
            new Provenance("https://example.org/a", "CC0", null),
            new Provenance(null, "CC0", null),
            new Provenance(null, "CC0", null));
    assertThat(harness.getSideOutput(DeadLetters.TAG)).isNull();
  }

  @Test
  void recordWithNeitherKeyNorValueIsADeadLetter() throws Exception {
    harness.processElement(new StreamRecord<>(record(null, null, TIMESTAMP)));

    assertRefused("MALFORMED", "key: ");
  }

  @Test
  void keyThatIsNoUtf8IsADeadLetter() throws Exception {
    harness.processElement(
        new StreamRecord<>(record(new byte[] {(byte) 0xff, (byte) 0xfe}, null, TIMESTAMP)));

    assertRefused("MALFORMED", "key: not UTF-8");
  }

  @Test
  void brokenJsonIsADeadLetterThatKeepsTheBytes() throws Exception {
    read("a", "{\"id\":", TIMESTAMP);

    assertRefused("MALFORMED", "");
    assertThat(deadLetters().get(0).value()).isEqualTo("{\"id\":".getBytes(UTF_8));
  }

  @Test
  void brokenUtf8IsADeadLetter() throws Exception {
    byte[] value = "{\"id\":\"a\",\"kind\":\"UPSERT\",\"text\":\"?\"}".getBytes(UTF_8);
    value[value.length - 3] = (byte) 0xff;
    harness.processElement(new StreamRecord<>(record(new byte[] {'a'}, value, TIMESTAMP)));

    assertRefused("MALFORMED", "UTF-8");
  }

  @Test
  void keyOfAnotherDocumentIsADeadLetterThatKeepsTheBytes() throws Exception {
    String edit = "{\"id\":\"a\",\"revision\":3,\"text\":\"t\"}";
    read("b", edit, TIMESTAMP);

    assertThat(edits()).isEmpty();
    assertRefused("MALFORMED", "key: must be the document's id \"a\" (is \"b\")");
    assertThat(deadLetters().get(0).key()).isEqualTo("b".getBytes(UTF_8));
    assertThat(deadLetters().get(0).value()).isEqualTo(edit.getBytes(UTF_8));
  }

  @Test
  void recordAtTheLimitIsReadAndOneByteMoreIsADeadLetter() throws Exception {
    read("a", ofLength(BYTES_MAX), TIMESTAMP);
    assertThat(edits()).hasSize(1);

    read("a", ofLength(BYTES_MAX + 1), TIMESTAMP);
    assertThat(edits()).hasSize(1);
    assertRefused("TOO_LARGE", "record of 1001 bytes, at most 1000 are read");
  }

  @Test
  void neitherRevisionNorKafkaTimestampIsADeadLetter() throws Exception {
    read("a", "{\"id\":\"a\",\"kind\":\"UPSERT\",\"text\":\"t\"}", -1);

    assertRefused("MALFORMED", "revision: absent");
  }

  @Test
  void whatAReaderSaysGoesToEveryShard() throws Exception {
    ReadThrough said = new ReadThrough(1, List.of(new PartitionRead(0, 7, 900)));
    harness.processElement(new StreamRecord<>(new DocumentsRecord(null, said)));

    assertThat(harness.extractOutputValues())
        .allSatisfy(element -> assertThat(element.through()).isEqualTo(said))
        .extracting(ShardEdit::shard)
        .doesNotHaveDuplicates()
        .hasSizeGreaterThan(1);
  }

  private static String ofLength(int bytes) {
    String frame = "{\"id\":\"a\",\"kind\":\"UPSERT\",\"text\":\"\"}";
    return frame.replace("\"\"}", "\"" + "x".repeat(bytes - frame.length()) + "\"}");
  }

  private void assertRefused(String reason, String message) {
    OutboundRecord letter = deadLetters().get(0);
    assertThat(header(letter, DeadLetterHeaders.CLASS)).isEqualTo(reason);
    assertThat(header(letter, DeadLetterHeaders.MESSAGE)).contains(message);
    assertThat(header(letter, DeadLetterHeaders.STAGE)).isEqualTo(DecodeDocumentFunction.UID);
  }

  private static String header(OutboundRecord record, String key) {
    return record.headers().stream()
        .filter(header -> header.key().equals(key))
        .map(header -> new String(header.value(), UTF_8))
        .findFirst()
        .orElseThrow();
  }

  private void read(String key, @Nullable String value, long timestamp) throws Exception {
    harness.processElement(
        new StreamRecord<>(
            record(key.getBytes(UTF_8), value == null ? null : value.getBytes(UTF_8), timestamp)));
  }

  private static DocumentsRecord record(
      byte @Nullable [] key, byte @Nullable [] value, long timestamp) {
    return new DocumentsRecord(
        new InboundRecord("documents", 1, 2, timestamp, key, value, List.of()), null);
  }

  private List<ReceivedEdit> edits() {
    return harness.extractOutputValues().stream().map(ShardEdit::received).toList();
  }

  private List<OutboundRecord> deadLetters() {
    return harness.getSideOutput(DeadLetters.TAG).stream().map(StreamRecord::getValue).toList();
  }
}
