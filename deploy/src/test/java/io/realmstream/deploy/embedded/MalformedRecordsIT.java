package io.realmstream.deploy.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.realmstream.deploy.cli.client.Connection;
import io.realmstream.deploy.cli.client.RunFile;
import io.realmstream.deploy.cli.client.TopicReplay;
import io.realmstream.schemas.DeadLetterHeaders;
import io.realmstream.schemas.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bad input never stops a job and never vanishes. */
class MalformedRecordsIT {
  private static final Topics TOPICS = Topics.under("realm");
  private static final String GARBAGE = "{\"id\": \"half a rec";

  @Test
  void oneOfEachKindIsRefusedAndBothJobsGoOn(@TempDir Path directory) throws Exception {
    try (RealmProcess realm = RealmProcess.up(directory, 1)) {
      Connection connection = connection(directory);
      List<String> inputs =
          List.of(
              TOPICS.documents(),
              TOPICS.retrieverCheckpoints(),
              TOPICS.indexVersions(),
              TOPICS.passageVectors(),
              TOPICS.queries());
      try (Producer<byte[], byte[]> producer = connection.producer()) {
        for (String topic : inputs) {
          producer
              .send(new ProducerRecord<>(topic, "key".getBytes(UTF_8), GARBAGE.getBytes(UTF_8)))
              .get();
        }
        producer.send(new ProducerRecord<>(TOPICS.queries(), query("k0", "\"k\": 0"))).get();
        producer
            .send(new ProducerRecord<>(TOPICS.queries(), query("mlm", "\"kind\": \"MASKED_LM\"")))
            .get();
      }

      // the index-versions log is read by both jobs, and both refuse the record
      await()
          .atMost(Duration.ofMinutes(1))
          .untilAsserted(
              () -> assertThat(deadLetterTopics(connection)).containsAll(inputs).hasSize(6));
      await()
          .atMost(Duration.ofMinutes(1))
          .untilAsserted(
              () ->
                  assertThat(values(connection, TOPICS.answers()))
                      .anyMatch(answer -> answer.contains("INVALID") && answer.contains("k: "))
                      .anyMatch(answer -> answer.contains("INVALID") && answer.contains("kind: ")));
      assertStillAnswers(realm, directory);
    }
  }

  private static void assertStillAnswers(RealmProcess realm, Path directory) throws Exception {
    Path file =
        Files.writeString(
            directory.resolve("one.jsonl"),
            "{\"id\": \"a\", \"title\": \"Ada\", \"text\": \"Ada keeps eleven goats.\"}\n");
    realm.run(0, "load", file.toString(), "--wait");
    assertThat(realm.run(0, "ask", "how many goats does Ada keep?")).contains("eleven");
  }

  private static List<String> deadLetterTopics(Connection connection) {
    List<String> topics = new ArrayList<>();
    try (TopicReplay replay = TopicReplay.of(connection, TOPICS.deadLetters())) {
      replay.forEach(
          record -> {
            assertThat(new String(record.value(), UTF_8)).isEqualTo(GARBAGE);
            topics.add(header(record, DeadLetterHeaders.TOPIC));
          });
    }
    return topics;
  }

  private static List<String> values(Connection connection, String topic) {
    List<String> values = new ArrayList<>();
    try (TopicReplay replay = TopicReplay.of(connection, topic)) {
      replay.forEach(record -> values.add(new String(record.value(), UTF_8)));
    }
    return values;
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), UTF_8);
  }

  private static byte[] query(String id, String field) {
    return "{\"id\": \"%s\", \"text\": \"a question\", %s}".formatted(id, field).getBytes(UTF_8);
  }

  private static Connection connection(Path directory) {
    String servers = RunFile.read(directory).orElseThrow().bootstrapServers();
    return new Connection(Map.of("bootstrap.servers", servers), TOPICS);
  }
}
