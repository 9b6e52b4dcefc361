package io.realmstream.deploy.cli.serve;

import static io.realmstream.deploy.cli.serve.HttpDoor.due;
import static io.realmstream.deploy.cli.serve.HttpDoor.error;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.realmstream.deploy.cli.TestBroker;
import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.client.TopicOffsets;
import io.realmstream.deploy.door.Door;
import io.realmstream.deploy.door.DoorSettings;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Doors in front of a real broker whose topics no job reads. */
@Timeout(300)
@SuppressWarnings("NullAway.Init") // set before each test
class UnattendedDoorIT {
  /** As many questions as a door takes at once. */
  private static final int PLACES = 64;

  private static TestBroker broker;

  @BeforeAll
  static void start(@TempDir Path directory) throws Exception {
    broker = TestBroker.start(directory);
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @Test
  void questionsThatNobodyReadsAreSaidAndBounded() throws Exception {
    Connection unread = broker.topics("unread");
    String queries = unread.topics().queries();
    try (Door opened = Door.open(unread, DoorSettings.onLoopback(0), null, null)) {
      HttpDoor door = new HttpDoor(opened.address());
      awaitHearing(door, queries);
      long before = records(unread, queries);
      List<CompletableFuture<HttpResponse<byte[]>>> waiting = new ArrayList<>();
      for (int i = 0; i < PLACES; i++) {
        waiting.add(door.posted("/v1/ask", due("q" + i, 10)));
      }
      await("all of them sent")
          .atMost(Duration.ofMinutes(1))
          .untilAsserted(() -> assertThat(records(unread, queries)).isEqualTo(before + PLACES));
      HttpResponse<byte[]> refused = door.post("/v1/ask", due("late", 10));
      assertThat(error(429, refused)).isEqualTo("too many questions at once");
      assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
      for (CompletableFuture<HttpResponse<byte[]>> answer : waiting) {
        // the deadline, three seconds for an answer to travel, and more for a busy machine
        assertThat(error(503, answer.get(30, TimeUnit.SECONDS)))
            .isEqualTo("no retriever is reading " + queries + ": is `realm up` running?");
      }
      assertThat(error(503, door.get("/v1/health"))).startsWith("no updater tells");
      assertThat(records(unread, queries)).isEqualTo(before + PLACES);
    }
  }

  @Test
  void anAnswerOnAPartitionThatWasAddedIsHeard() throws Exception {
    Connection grown = broker.topics("answers");
    String answers = grown.topics().answers();
    try (Door opened = Door.open(grown, DoorSettings.onLoopback(0), null, null)) {
      HttpDoor door = new HttpDoor(opened.address());
      awaitHearing(door, grown.topics().queries());
      try (Admin admin = grown.admin()) {
        admin.createPartitions(Map.of(answers, NewPartitions.increaseTo(6))).all().get();
      }
      CompletableFuture<HttpResponse<byte[]>> answer = door.posted("/v1/ask", due("b", 50));
      ConsumerRecord<byte[], byte[]> question = question(grown, "b");
      try (Producer<byte[], byte[]> producer = grown.producer()) {
        byte[] record = "{\"id\": \"b\"}".getBytes(UTF_8);
        producer
            .send(new ProducerRecord<>(answers, 5, question.key(), record, question.headers()))
            .get();
        assertThat(answer.get(60, TimeUnit.SECONDS).body()).isEqualTo(record);
      }
    }
  }

  /** Waits until the door listens for answers: then it says why none comes. */
  private static void awaitHearing(HttpDoor door, String queries) {
    await("a door that hears answers")
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(
            () ->
                assertThat(error(503, door.post("/v1/ask", due("a", 0))))
                    .isEqualTo("no retriever is reading " + queries + ": is `realm up` running?"));
  }

  private static ConsumerRecord<byte[], byte[]> question(Connection connection, String id) {
    List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
    await("the question")
        .atMost(Duration.ofMinutes(1))
        .until(
            () -> {
              TestBroker.read(connection, connection.topics().queries()).stream()
                  .filter(record -> new String(record.key(), UTF_8).equals(id))
                  .forEach(found::add);
              return !found.isEmpty();
            });
    return found.get(0);
  }

  private static long records(Connection connection, String topic) {
    try (Admin admin = connection.admin()) {
      return TopicOffsets.of(admin, topic).records();
    }
  }
}
