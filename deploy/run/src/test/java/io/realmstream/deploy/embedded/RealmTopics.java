package io.realmstream.deploy.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.embedded.cluster.EmbeddedJob;
import io.realmstream.deploy.embedded.host.RunFile;
import io.realmstream.deploy.flink.FlinkRest;
import io.realmstream.schemas.DeadLetterHeaders;
import io.realmstream.schemas.Topics;
import io.realmstream.schemas.avro.VectorMessageCodec;
import io.realmstream.schemas.json.BadRecordException;
import io.realmstream.schemas.vectors.Heartbeat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** The topics of a running realm as a stranger's Kafka client sees them: plain bytes. */
final class RealmTopics {
  private static final Topics TOPICS = new Topics("realm");
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /** Of all of a test's questions: an old answer is none to a new question. */
  private static final AtomicInteger ASKED = new AtomicInteger();

  private final String dashboard;
  private final Connection connection;

  RealmTopics(String bootstrapServers, String dashboard) {
    this(bootstrapServers, dashboard, TOPICS);
  }

  /** Those of any retriever. */
  RealmTopics(String bootstrapServers, String dashboard, Topics topics) {
    this.dashboard = dashboard;
    // uncompressed, so that a test knows how large a record is
    connection =
        new Connection(
            Map.of("bootstrap.servers", bootstrapServers, "compression.type", "none"), topics);
  }

  /** The topics of the run that has that folder. */
  static RealmTopics of(Path directory) {
    RunFile run = RunFile.read(directory).orElseThrow();
    return new RealmTopics(run.bootstrapServers(), run.dashboard());
  }

  /** Produces one record; returns its place. */
  RecordMetadata send(String topic, String key, byte @Nullable [] value) {
    return send(new ProducerRecord<>(topic, key.getBytes(UTF_8), value));
  }

  /** The same of any record. */
  RecordMetadata send(ProducerRecord<byte[], byte[]> record) {
    return KeptClients.send(connection, record);
  }

  /** The dead letters of one record, each checked: value, class, and what its message says. */
  List<ConsumerRecord<byte[], byte[]>> awaitDeadLetters(
      RecordMetadata place, int count, byte @Nullable [] value, String... classAndMessage) {
    await("dead letters of " + place)
        .atMost(PATIENCE)
        .until(() -> deadLetters(place).size() >= count);
    List<ConsumerRecord<byte[], byte[]>> letters = deadLetters(place);
    assertThat(letters).hasSize(count);
    for (ConsumerRecord<byte[], byte[]> letter : letters) {
      assertThat(letter.value()).isEqualTo(value);
      assertThat(header(letter, DeadLetterHeaders.CLASS)).isEqualTo(classAndMessage[0]);
      for (String word : classAndMessage) {
        String message = header(letter, DeadLetterHeaders.MESSAGE);
        assertThat(message).isNotEmpty();
        assertThat(word.equals(classAndMessage[0]) || message.contains(word))
            .as("%s in %s", word, message)
            .isTrue();
      }
    }
    return letters;
  }

  /** The answer to a query sent before. */
  ConsumerRecord<byte[], byte[]> awaitAnswer(String id) {
    return await("answer to " + id)
        .atMost(PATIENCE)
        .until(() -> records(connection.topics().answers(), id), records -> !records.isEmpty())
        .get(0);
  }

  /** The answers so far to a query sent before. */
  List<ConsumerRecord<byte[], byte[]>> answers(String id) {
    return records(connection.topics().answers(), id);
  }

  /** Sends a query of those fields, with time enough, and returns its answer's JSON. */
  String ask(String fields) {
    String id = "q" + ASKED.getAndIncrement();
    String deadline =
        fields.contains("deadline")
            ? ""
            : ", \"deadline\": \"%s\"".formatted(Instant.now().plus(PATIENCE));
    String query = "{\"id\": \"%s\", %s%s}".formatted(id, fields, deadline);
    send(connection.topics().queries(), id, query.getBytes(UTF_8));
    return awaitKey(connection.topics().answers(), id);
  }

  /** The first status of that document. */
  String awaitStatus(String document) {
    return awaitKey(TOPICS.documentStatus(), document);
  }

  /** Waits until the updater has beaten so many times more. */
  void awaitHeartbeats(int count) {
    int wanted = heartbeats() + count;
    await("heartbeats").atMost(PATIENCE).until(() -> heartbeats() >= wanted);
  }

  private int heartbeats() {
    Set<Instant> beats = new HashSet<>();
    for (ConsumerRecord<byte[], byte[]> record :
        KeptClients.records(connection, TOPICS.passageVectors())) {
      try {
        if (record.partition() == 0
            && VectorMessageCodec.decode(record.value()) instanceof Heartbeat beat
            && beat.subtask() == 0) {
          beats.add(Instant.ofEpochMilli(record.timestamp()));
        }
      } catch (BadRecordException e) {
        throw new AssertionError(e);
      }
    }
    return beats.size();
  }

  /** Versions that were refused, as their proposals, oldest first. */
  Stream<String> refusals() {
    return values(TOPICS.indexVersions(), "").stream().filter(v -> v.contains("\"REFUSED\""));
  }

  /** How often Flink has restarted that job. */
  int restarts(String job) {
    String id = EmbeddedJob.id(job).toHexString();
    FlinkRest flink = new FlinkRest(dashboard, Duration.ofSeconds(30));
    // the dashboard fetches metrics when it is asked, and has them a little later
    return await("restarts of " + job)
        .until(
            () -> flink.get("/jobs/" + id + "/metrics?get=numRestarts").at("/0/value"),
            value -> !value.isMissingNode())
        .asInt();
  }

  static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), UTF_8);
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new UncheckedIOException(new IOException(e));
    }
  }

  private List<ConsumerRecord<byte[], byte[]>> deadLetters(RecordMetadata place) {
    return KeptClients.records(connection, TOPICS.deadLetters()).stream()
        .filter(
            letter ->
                header(letter, DeadLetterHeaders.TOPIC).equals(place.topic())
                    && header(letter, DeadLetterHeaders.PARTITION).equals("" + place.partition())
                    && header(letter, DeadLetterHeaders.OFFSET).equals("" + place.offset()))
        .toList();
  }

  private String awaitKey(String topic, String key) {
    return await(key + " in " + topic)
        .atMost(PATIENCE)
        .until(() -> values(topic, key), values -> !values.isEmpty())
        .get(0);
  }

  /** Values under a key, or under any if it is empty. */
  private List<String> values(String topic, String key) {
    return records(topic, key).stream().map(record -> new String(record.value(), UTF_8)).toList();
  }

  private List<ConsumerRecord<byte[], byte[]>> records(String topic, String key) {
    return KeptClients.records(connection, topic).stream()
        .filter(record -> key.isEmpty() || key.equals(new String(record.key(), UTF_8)))
        .toList();
  }
}
