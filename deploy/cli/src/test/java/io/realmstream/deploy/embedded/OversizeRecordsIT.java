package io.realmstream.deploy.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.realmstream.deploy.embedded.host.Ports;
import io.realmstream.schemas.AnswerHeaders;
import io.realmstream.schemas.DeadLetterHeaders;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Records as large as their topic takes, all of it headers or key: what the jobs make of them must
 * fit its topic, too.
 */
class OversizeRecordsIT {
  /** The largest key or header, less what Kafka adds to a record and a batch. */
  private static final int LARGEST_BYTES = (8 << 20) - 200;

  private static final byte[] GARBAGE = "no json".getBytes(UTF_8);

  @TempDir private static Path directory = Path.of("unset");

  @SuppressWarnings("NullAway.Init") // set before all tests
  private static RealmProcess realm;

  @SuppressWarnings("NullAway.Init") // set before all tests
  private static RealmTopics topics;

  private static int metricsPort;

  @BeforeAll
  static void up() throws Exception {
    metricsPort = Ports.free(1).get(0);
    realm = RealmProcess.up(directory, 1, "--metrics-port=" + metricsPort);
    topics = RealmTopics.of(directory);
    load("ada", "Ada keeps eleven goats.");
  }

  /** After all of it: the same tasks still run, take edits and answer. */
  @AfterAll
  static void bothJobsHaveGoneOnWithoutARestart() {
    try {
      load("bo", "Bo keeps seven geese.");
      assertThat(topics.ask("\"text\": \"how many geese does Bo keep?\"")).contains("\"seven");
      assertThat(topics.restarts("KnowledgeUpdater")).isZero();
      assertThat(topics.restarts("KnowledgeRetriever")).isZero();
    } finally {
      realm.close();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "realm.documents.v1, decode-documents, 1",
    "realm.retriever-checkpoints.v1, decode-checkpoints, 1",
    "realm.index-versions.v1, decode-versions, 2", // read by both jobs
    "realm.passage-vectors.v1, decode-vectors, 1",
    "realm.queries.v1, decode-queries, 1"
  })
  void malformedRecordOfHeadersOrKeyIsADeadLetterThatSaysWhatIsCut(
      String topic, String operator, int readers) throws Exception {
    int before = ScrapedMetrics.deadLetters(metricsPort, operator);
    ProducerRecord<byte[], byte[]> headers = new ProducerRecord<>(topic, bytes(1), GARBAGE);
    headers.headers().add("trace", bytes(1)).add("noise", bytes(LARGEST_BYTES));
    ProducerRecord<byte[], byte[]> key = new ProducerRecord<>(topic, bytes(LARGEST_BYTES), GARBAGE);

    for (ConsumerRecord<byte[], byte[]> letter : letters(topics.send(headers), readers)) {
      assertThat(letter.headers().lastHeader("trace").value()).isEqualTo(bytes(1));
      assertThat(letter.headers().lastHeader("noise")).isNull();
      assertThat(RealmTopics.header(letter, DeadLetterHeaders.TRUNCATED)).isEqualTo("true");
      assertThat(RealmTopics.header(letter, DeadLetterHeaders.KEPT)).isEqualTo("headers: 1 of 2");
    }
    for (ConsumerRecord<byte[], byte[]> letter : letters(topics.send(key), readers)) {
      assertThat(letter.key()).hasSize(64 << 10);
      assertThat(RealmTopics.header(letter, DeadLetterHeaders.KEPT))
          .isEqualTo("key: 65536 of " + LARGEST_BYTES + " bytes");
    }
    await("the count")
        .until(() -> ScrapedMetrics.deadLetters(metricsPort, operator) == before + 2 * readers);
  }

  @Test
  void deletionWhoseKeyIsTooLargeIsADeadLetter() {
    RecordMetadata place =
        topics.send(new ProducerRecord<>("realm.documents.v1", bytes(LARGEST_BYTES), null));

    topics.awaitDeadLetters(place, 1, null, "MALFORMED", "key: ", LARGEST_BYTES + "");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          answered | "text": "how many goats?"                                          | ANSWERED
          invalid  | "text": "how many goats?", "k": 0                                  | INVALID
          late     | "text": "how many goats?", "deadline": "2001-01-01T00:00:00Z"      | TIMED_OUT
          """)
  void queryOfHeadersIsAnsweredWithThoseThatFit(String id, String fields, String status) {
    String query = "{\"id\": \"%s\", %s}".formatted(id, fields);
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>("realm.queries.v1", bytes(1), query.getBytes(UTF_8));
    record.headers().add("noise", bytes(LARGEST_BYTES - query.length())).add("trace", bytes(1));
    topics.send(record);

    ConsumerRecord<byte[], byte[]> answer = topics.awaitAnswer(id);
    assertThat(new String(answer.value(), UTF_8)).contains("\"status\":\"" + status + "\"");
    assertThat(answer.headers().lastHeader("trace").value()).isEqualTo(bytes(1));
    assertThat(answer.headers().lastHeader("noise")).isNull();
    assertThat(RealmTopics.header(answer, AnswerHeaders.DROPPED)).isEqualTo("1");
  }

  /** One that cannot be sent again says why. */
  @Test
  void replayRefusesWhatIsCut() {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>("realm.documents.v1", "cut".getBytes(UTF_8), GARBAGE);
    record.headers().add("noise", bytes(LARGEST_BYTES));
    letters(topics.send(record), 1);

    String error = realm.error(1, "dead-letters", "--id=cut", "--replay");

    assertThat(error).contains("the record was not kept whole, but headers: 0 of 1", "not sent 1");
  }

  private static List<ConsumerRecord<byte[], byte[]>> letters(RecordMetadata place, int readers) {
    return topics.awaitDeadLetters(place, readers, GARBAGE, "MALFORMED");
  }

  private static void load(String id, String text) {
    String edit = "{\"id\":\"" + id + "\",\"text\":\"" + text + "\"}";
    topics.send("realm.documents.v1", id, edit.getBytes(UTF_8));
    assertThat(topics.awaitStatus(id)).contains("\"outcome\":\"ADDED\"");
  }

  /** Noise, which does not compress; the same for the same length. */
  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }
}
