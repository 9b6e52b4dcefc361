package io.realmstream.deploy.cli.serve;

import static io.realmstream.deploy.cli.serve.HttpDoor.body;
import static io.realmstream.deploy.cli.serve.HttpDoor.due;
import static io.realmstream.deploy.cli.serve.HttpDoor.error;
import static io.realmstream.deploy.cli.serve.HttpDoor.escaped;
import static io.realmstream.deploy.cli.serve.HttpDoor.json;
import static io.realmstream.deploy.cli.serve.HttpDoor.question;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.realmstream.deploy.cli.CommandRun;
import io.realmstream.deploy.cli.Realm;
import io.realmstream.deploy.cli.TestBroker;
import io.realmstream.deploy.cli.serve.EventStream.Event;
import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.client.TopicOffsets;
import io.realmstream.deploy.embedded.EmbeddedRun;
import io.realmstream.deploy.embedded.JavaProcess;
import io.realmstream.deploy.embedded.RunSettings;
import io.realmstream.deploy.embedded.cluster.EmbeddedJob;
import io.realmstream.deploy.embedded.host.Ports;
import io.realmstream.deploy.json.Json;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code realm serve} as a process of its own, in front of one run for all tests. */
@Timeout(300)
@SuppressWarnings("NullAway.Init")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ServeIT {
  private static final String GOATS =
      "{\"id\": \"farm/goats\", \"revision\": 7, \"title\": \"Ada\","
          + " \"text\": \"Ada keeps eleven goats.\"}";

  private static final List<String> KINDS = List.of("RETRIEVE", "OPEN_QA");

  private static RunSettings settings;
  private static EmbeddedRun run;
  private static JavaProcess serve;
  private static HttpDoor door;

  @BeforeAll
  static void start(@TempDir Path directory) throws Exception {
    settings = new RunSettings(directory, Ports.free(1).get(0), 0, null, 1, "minilm", false);
    run = EmbeddedRun.start(settings, EmbeddedJob::all, line -> {});
    serve =
        JavaProcess.start(
            Realm.class, "serve", "--port", "0", "--bootstrap-servers", run.bootstrapServers());
    door = new HttpDoor(serve.readLine());
    await("a door that hears answers")
        .atMost(Duration.ofMinutes(1))
        .until(() -> door.get("/v1/health").statusCode() == 200);
    assertThat(json(200, door.post("/v1/documents?wait=answerable", GOATS)).path("outcome"))
        .hasToString("\"ADDED\"");
  }

  @AfterAll
  static void stop() throws Exception {
    serve.close();
    run.close();
  }

  @Test
  void anAnswerIsTheTopicsRecordByteForByte() throws Exception {
    HttpResponse<byte[]> response = door.post("/v1/ask", question("one", "goats of Ada", ""));
    assertThat(body(200, response)).contains("\"eleven");
    List<byte[]> records = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record :
        TestBroker.read(connection(), "realm.answers.v1")) {
      if (new String(record.key(), UTF_8).equals("one")) {
        records.add(record.value());
      }
    }
    assertThat(records).isNotEmpty().contains(response.body());
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
  }

  @Test
  void fiftyThatAskAtOnceUnderOneIdGetEachItsOwnAnswer() throws Exception {
    String due = ", \"deadline\": \"" + Instant.now().plusSeconds(50) + "\", \"kind\": \"%s\"";
    List<CompletableFuture<HttpResponse<byte[]>>> answers = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      answers.add(
          door.posted("/v1/ask", question("same", "goats", due.formatted(KINDS.get(i % 2)))));
    }
    for (int i = 0; i < 50; i++) {
      JsonNode answer = json(200, answers.get(i).get());
      assertThat(answer.path("id").asText()).isEqualTo("same");
      assertThat(answer.path("result").path("status").asText()).isEqualTo("ANSWERED");
      assertThat(answer.path("result").path("kind").asText()).isEqualTo(KINDS.get(i % 2));
    }
  }

  @Test
  void passagesAreRetrievedWithTheirDocuments() throws Exception {
    JsonNode retrieved = json(200, door.post("/v1/retrieve", question("r", "goats", ", \"k\": 1")));
    assertThat(retrieved.path("status").asText()).isEqualTo("ANSWERED");
    JsonNode passage = retrieved.path("passages").path(0);
    assertThat(passage.path("document").asText()).isEqualTo("farm/goats");
    assertThat(passage.path("revision").asLong()).isEqualTo(7);
    assertThat(passage.path("text").asText()).isEqualTo("Ada keeps eleven goats.");
    assertThat(passage.path("probability").asDouble()).isBetween(0.0, 1.0);
    assertThat(retrieved.path("passages")).hasSize(1);
  }

  @Test
  void anEditIsAcceptedWhereItStandsAndTakenBack() throws Exception {
    String id = "what? a/b#c;d%20 ö";
    ObjectNode edit = Json.MAPPER.createObjectNode();
    edit.put("id", id).put("text", "A text of its own.");
    JsonNode accepted = json(202, door.post("/v1/documents", Json.line(edit)));
    assertThat(TestBroker.read(connection(), "realm.documents.v1"))
        .filteredOn(record -> record.partition() == accepted.path("partition").asInt())
        .filteredOn(record -> record.offset() == accepted.path("offset").asLong())
        .singleElement()
        .satisfies(record -> assertThat(record.key()).isEqualTo(id.getBytes(UTF_8)));
    String path = "/v1/documents/" + escaped(id);
    assertThat(json(200, door.delete(path + "?wait=answerable")).path("outcome").asText())
        .isEqualTo("DELETED");
    assertThat(json(200, door.get(path)).path("kind").asText()).isEqualTo("DELETE");
    assertThat(error(404, door.get("/v1/documents/nobody"))).isEqualTo("no document nobody");
  }

  @Test
  void reportsAreThoseOfTheCommands() throws Exception {
    assertThat(body(200, door.get("/v1/documents/farm/goats")) + "\n")
        .isEqualTo(command("show", "--json", "farm/goats"));
    assertThat(body(200, door.get("/v1/versions"))).isEqualTo(command("versions", "--json"));
    TestBroker.write(connection(), "realm.documents.v1", "bad", new byte[] {(byte) 0xff});
    await("its dead letter")
        .atMost(Duration.ofMinutes(1))
        .until(() -> !command("dead-letters", "--json").isEmpty());
    assertThat(body(200, door.get("/v1/dead-letters")))
        .isEqualTo(command("dead-letters", "--json"));
    TestBroker.write(connection(), "realm.documents.v1", "worse", new byte[] {(byte) 0xfe});
    await("another one")
        .atMost(Duration.ofMinutes(1))
        .until(() -> command("dead-letters", "--json").lines().count() > 1);
    assertThat(json(200, door.get("/v1/dead-letters?last=1")).path("id").asText())
        .isEqualTo("worse");
    JsonNode status = json(200, door.get("/v1/status"));
    JsonNode printed = Json.MAPPER.readTree(command("status", "--json"));
    assertThat(status.fieldNames()).toIterable().containsExactlyElementsOf(printed::fieldNames);
    assertThat(status.path("versions")).isEqualTo(printed.path("versions"));
    assertThat(json(200, door.get("/v1/health")).path("version").asInt()).isEqualTo(1);
    assertThat(json(200, door.get("/v1/control")).path("allowed").asBoolean()).isFalse();
    assertThat(json(200, door.get("/v1/openapi.json")).path("openapi").asText()).isEqualTo("3.1.0");
  }

  @Test
  void aStreamThatIsCutAHundredTimesLosesNothing() throws Exception {
    String last;
    try (EventStream events = EventStream.open(door, "status", null)) {
      last = events.next().id();
    }
    long before = records(connection(), "realm.document-status.v1");
    for (int i = 0; i < 100; i++) {
      json(202, door.post("/v1/documents", "{\"id\": \"e%d\", \"text\": \"x\"}".formatted(i)));
    }
    Set<String> answerable = new HashSet<>();
    long count = 0;
    while (answerable.size() < 100) {
      try (EventStream events = EventStream.open(door, "status", last)) {
        assertThat(events.next()).extracting(Event::name, Event::id).containsExactly("open", last);
        Event event = events.next();
        assertThat(event.name()).isEqualTo("status");
        count++;
        if (event.data().has("answerableAt")) {
          answerable.add(event.data().path("id").asText());
        }
        last = event.id();
      }
    }
    assertThat(count)
        .isGreaterThanOrEqualTo(100)
        .isEqualTo(records(connection(), "realm.document-status.v1") - before);
  }

  /** 64 of them take all places of their kind, and no other. */
  @Test
  void readersThatDoNotReadHoldUpNoQuestionAndNoEdit() throws Exception {
    int port = URI.create(door.address()).getPort();
    List<SlowReader> readers = new ArrayList<>();
    List<CompletableFuture<HttpResponse<byte[]>>> answers = new ArrayList<>();
    try {
      for (int i = 0; i < 500; i++) {
        readers.add(SlowReader.connect(port, "/v1/events", "status.0=0"));
      }
      for (int i = 0; i < 50; i++) {
        answers.add(door.posted("/v1/ask", due("crowd" + i, 50)));
      }
      json(200, door.get("/v1/health"));
      String sheep = "{\"id\": \"farm/sheep\", \"text\": \"Ada keeps nine sheep.\"}";
      assertThat(json(200, door.post("/v1/documents?wait=answerable", sheep)).path("outcome"))
          .hasToString("\"ADDED\"");
      for (CompletableFuture<HttpResponse<byte[]>> answer : answers) {
        assertThat(json(200, answer.get()).at("/result/status").asText()).isEqualTo("ANSWERED");
      }
      int served = 0;
      for (SlowReader reader : readers) {
        String head = reader.head();
        assertThat(head).containsPattern("^HTTP/1.1 (200|429) ");
        served += head.startsWith("HTTP/1.1 200 ") ? 1 : 0;
      }
      assertThat(served).isBetween(32, 64);
    } finally {
      for (SlowReader reader : readers) {
        reader.close();
      }
    }
  }

  @Test
  void kafkaHearsNothingOfWhatIsRefused() throws Exception {
    long before = records();
    String far = ", \"deadline\": \"" + Instant.now().plusSeconds(3_600) + "\"";
    assertThat(error(400, door.post("/v1/ask", "{"))).isNotEmpty();
    assertThat(error(400, door.post("/v1/ask", "{\"id\": \"a\"}"))).contains("text");
    assertThat(error(400, door.post("/v1/ask", question("a", "?", "")))).contains("text");
    assertThat(error(400, door.post("/v1/ask", question("a", "b", far)))).contains("deadline");
    assertThat(error(400, door.post("/v1/retrieve", question("a", "b", ", \"k\": 0"))))
        .contains("k");
    assertThat(error(400, door.post("/v1/documents", "{\"text\": \"a\"}"))).contains("id");
    assertThat(error(400, door.post("/v1/documents?wait=long", GOATS))).contains("wait");
    assertThat(error(400, door.get("/v1/documents/a?as=text"))).contains("as");
    assertThat(error(400, door.delete("/v1/documents/a?revision=x"))).contains("revision");
    assertThat(error(400, door.delete("/v1/documents/" + "a".repeat(513)))).contains("id");
    String large = "{\"id\": \"a\", \"text\": \"" + "x".repeat(5 << 20) + "\"}";
    assertThat(error(413, door.post("/v1/documents", large))).contains("bytes");
    var page = door.request("/v1/documents").header("Origin", "http://evil.example");
    page.header("Content-Type", "application/json").POST(BodyPublishers.ofString(GOATS));
    assertThat(error(403, door.send(page))).contains("Origin");
    assertThat(records()).isEqualTo(before);
  }

  @Test
  @Order(Integer.MAX_VALUE)
  void aRunThatIsGoneIsSaidAndComesBack() throws Exception {
    run.close();
    assertThat(error(503, door.get("/v1/health"))).contains("no broker answers");
    assertThat(error(503, door.post("/v1/ask", due("gone", 1)))).isNotEmpty();
    assertThat(error(503, door.post("/v1/documents", GOATS))).isNotEmpty();
    run = EmbeddedRun.start(settings, EmbeddedJob::all, line -> {});
    await("the door to be well again")
        .atMost(Duration.ofMinutes(2))
        .until(() -> door.get("/v1/health").statusCode() == 200);
    assertThat(body(200, door.post("/v1/ask", question("back", "goats of Ada", ""))))
        .contains("\"eleven");
  }

  private static Connection connection() {
    return Connection.to(run.bootstrapServers());
  }

  private static String command(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--bootstrap-servers", run.bootstrapServers()));
    return CommandRun.of(all.toArray(String[]::new)).out();
  }

  private static long records() {
    return records(connection(), "realm.queries.v1") + records(connection(), "realm.documents.v1");
  }

  private static long records(Connection connection, String topic) {
    try (Admin admin = connection.admin()) {
      return TopicOffsets.of(admin, topic).records();
    }
  }
}
