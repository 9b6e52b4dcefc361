package io.realmstream.deploy.cli.serve;

import static io.realmstream.deploy.cli.serve.HttpDoor.due;
import static io.realmstream.deploy.cli.serve.HttpDoor.error;
import static io.realmstream.deploy.cli.serve.HttpDoor.json;
import static io.realmstream.deploy.cli.serve.HttpDoor.question;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.realmstream.deploy.cli.Realm;
import io.realmstream.deploy.cli.TestBroker;
import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.client.TopicOffsets;
import io.realmstream.deploy.door.Door;
import io.realmstream.deploy.door.DoorSettings;
import io.realmstream.deploy.embedded.JavaProcess;
import io.realmstream.deploy.embedded.KeptClients;
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

  private static final String STATUS =
      """
      {"id":"goats","revision":1,"outcome":"ADDED","passages":1,"added":1,"removed":0,
      "unchanged":0,"truncated":0,"version":1,"readAt":"2026-03-01T09:30:00Z"}""";

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
      await("the question")
          .atMost(Duration.ofMinutes(1))
          .until(() -> questions(grown, "b").size() == 1);
      byte[] record = "{\"id\": \"b\"}".getBytes(UTF_8);
      reply(grown, 5, questions(grown, "b").get(0), record);
      assertThat(answer.get(60, TimeUnit.SECONDS).body()).isEqualTo(record);
    }
  }

  @Test
  void twoProcessesHandTheirClientsTheirOwnAnswersAndTellBothOfAnEdit() throws Exception {
    Connection shared = broker.topics("shared");
    try (JavaProcess one = serve(shared);
        JavaProcess two = serve(shared)) {
      List<HttpDoor> doors = List.of(new HttpDoor(one.readLine()), new HttpDoor(two.readLine()));
      List<CompletableFuture<HttpResponse<byte[]>>> answers = new ArrayList<>();
      for (HttpDoor door : doors) {
        awaitHearing(door, shared.topics().queries());
        answers.add(door.posted("/v1/ask", question("same", door.address(), "")));
      }
      await("both questions")
          .atMost(Duration.ofMinutes(1))
          .until(() -> questions(shared, "same").size() == 2);
      for (ConsumerRecord<byte[], byte[]> question : questions(shared, "same")) {
        // to either: each is told what it was asked
        reply(shared, 0, question, question.value());
      }
      for (int i = 0; i < 2; i++) {
        assertThat(json(200, answers.get(i).get(60, TimeUnit.SECONDS)).path("text").asText())
            .isEqualTo(doors.get(i).address());
      }
      try (EventStream first = EventStream.open(doors.get(0), "status", null);
          EventStream second = EventStream.open(doors.get(1), "status", null)) {
        assertThat(first.next().id()).isEqualTo(second.next().id());
        TestBroker.write(shared, shared.topics().documentStatus(), "goats", STATUS.getBytes(UTF_8));
        assertThat(first.next().id()).isEqualTo(second.next().id());
      }
    }
  }

  private static JavaProcess serve(Connection connection) throws Exception {
    return JavaProcess.start(
        List.of("-Xmx128m"),
        Realm.class,
        "serve",
        "--port=0",
        "--bootstrap-servers=" + broker.servers(),
        "--topic-prefix=" + connection.topics().prefix());
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

  /** Those of that id on the queries topic. */
  private static List<ConsumerRecord<byte[], byte[]>> questions(Connection connection, String id) {
    return TestBroker.read(connection, connection.topics().queries()).stream()
        .filter(record -> new String(record.key(), UTF_8).equals(id))
        .toList();
  }

  /** Answers as a retriever would. */
  private static void reply(
      Connection connection,
      int partition,
      ConsumerRecord<byte[], byte[]> question,
      byte[] record) {
    String answers = connection.topics().answers();
    KeptClients.send(
        connection,
        new ProducerRecord<>(answers, partition, question.key(), record, question.headers()));
  }

  private static long records(Connection connection, String topic) {
    try (Admin admin = connection.admin()) {
      return TopicOffsets.of(admin, topic).records();
    }
  }
}
