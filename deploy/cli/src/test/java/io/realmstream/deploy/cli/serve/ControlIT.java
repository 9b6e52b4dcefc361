package io.realmstream.deploy.cli.serve;

import static io.realmstream.deploy.cli.serve.HttpDoor.error;
import static io.realmstream.deploy.cli.serve.HttpDoor.json;
import static io.realmstream.schemas.version.VersionState.ACTIVE;
import static io.realmstream.schemas.version.VersionState.BUILDING;
import static io.realmstream.schemas.version.VersionState.READY;
import static io.realmstream.schemas.version.VersionState.RETIRED;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.realmstream.deploy.cli.Realm;
import io.realmstream.deploy.cli.TestBroker;
import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.client.VersionLog;
import io.realmstream.deploy.door.Door;
import io.realmstream.deploy.door.DoorSettings;
import io.realmstream.deploy.embedded.JavaProcess;
import io.realmstream.model.checkpoint.DefaultCheckpoints;
import io.realmstream.model.version.VersionPolicy.Move;
import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.version.VersionState;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Versions and checkpoints over HTTP, on a real log that no job reads. */
@Timeout(120)
@SuppressWarnings("NullAway.Init") // set before each test
class ControlIT {
  private static TestBroker broker;
  private static int topicSets;

  private Connection connection;
  private Door opened;
  private HttpDoor door;

  @BeforeAll
  static void startBroker(@TempDir Path directory) throws Exception {
    broker = TestBroker.start(directory);
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  /** Version 1 is RETIRED, version 2 answers, version 3 is READY, version 4 is being built. */
  @BeforeEach
  void fourVersions() throws Exception {
    connection = broker.topics("control" + topicSets++);
    begin(1);
    change(1, BUILDING, ACTIVE);
    change(1, ACTIVE, READY);
    begin(2);
    change(2, BUILDING, READY);
    change(2, READY, ACTIVE);
    change(1, READY, RETIRED);
    begin(3);
    change(3, BUILDING, READY);
    begin(4);
    opened = Door.open(connection, DoorSettings.onLoopback(0).withControl(), null, null);
    door = new HttpDoor(opened.address());
  }

  @AfterEach
  void close() {
    opened.close();
  }

  @Test
  void versionsAreSwitchedAndRolledBack() throws Exception {
    JsonNode activated = json(200, door.post("/v1/versions/3/activate", ""));
    assertThat(activated.path("version").asInt()).isEqualTo(3);
    assertThat(activated.path("state").asText()).isEqualTo("ACTIVE");
    assertThat(activated.path("reason").asText()).isEqualTo("activated over HTTP");
    assertThat(activated.path("activated")).isEqualTo(activated.path("since"));
    assertThat(states()).containsExactly("RETIRED", "READY", "ACTIVE", "BUILDING");
    json(200, door.post("/v1/versions/2/rollback", "{}"));
    assertThat(states()).containsExactly("RETIRED", "ACTIVE", "READY", "BUILDING");
  }

  @Test
  void theVersionInWorkRestsAndGoesOn() throws Exception {
    assertThat(json(200, door.post("/v1/versions/4/pause", "")).path("state").asText())
        .isEqualTo("PAUSED");
    assertThat(json(200, door.post("/v1/versions/4/resume", "")).path("state").asText())
        .isEqualTo("BUILDING");
  }

  @Test
  void whatCannotBeIsSaidAndNotWritten() throws Exception {
    int before = proposals();
    for (String change : List.of("activate", "rollback", "pause", "resume")) {
      assertThat(error(404, door.post("/v1/versions/5/" + change, "")))
          .isEqualTo("there is no version 5");
    }
    assertThat(error(409, door.post("/v1/versions/1/activate", "")))
        .isEqualTo("version 1 cannot go from RETIRED to ACTIVE");
    assertThat(error(409, door.post("/v1/versions/1/rollback", "")))
        .isEqualTo("version 1 cannot go from RETIRED to ACTIVE");
    assertThat(error(409, door.post("/v1/versions/3/rollback", "")))
        .isEqualTo("version 3 never was ACTIVE: see `activate`");
    assertThat(error(409, door.post("/v1/versions/4/activate", "")))
        .isEqualTo("version 2 is ACTIVE already");
    assertThat(error(409, door.post("/v1/versions/2/activate", ""))).contains("version 2 ");
    assertThat(error(409, door.post("/v1/versions/3/pause", "")))
        .isEqualTo("version 3 cannot go from READY to PAUSED");
    assertThat(error(409, door.post("/v1/versions/4/resume", "")))
        .isEqualTo("version 4 cannot go from BUILDING to BUILDING");
    assertThat(error(400, door.post("/v1/versions/four/pause", ""))).contains("version");
    assertThat(error(404, door.post("/v1/versions/4/retire", ""))).isEqualTo("no such route");
    assertThat(states()).containsExactly("RETIRED", "ACTIVE", "READY", "BUILDING");
    assertThat(proposals()).isEqualTo(before);
  }

  @Test
  void aCheckpointIsPublishedByNameAndAsAManifest() throws Exception {
    JsonNode published = json(202, door.post("/v1/checkpoints", "{\"model\": \"e5\"}"));
    assertThat(published.toString())
        .isEqualTo(
            "{\"retriever\":\"e5-small-v2\",\"plan\":\"EVERYTHING\",\"reason\":"
                + "\"the document trunk changed: every passage is embedded again\"}");
    String manifest =
        new String(Codecs.RETRIEVER_CHECKPOINT.encode(DefaultCheckpoints.minilm()), UTF_8);
    assertThat(
            json(202, door.post("/v1/checkpoints", "{\"manifest\": " + manifest + "}"))
                .path("plan")
                .asText())
        .isEqualTo("NOTHING");
    assertThat(error(400, door.post("/v1/checkpoints", "{\"model\": \"e6\"}"))).contains("bge");
    List<ConsumerRecord<byte[], byte[]>> records =
        TestBroker.read(connection, connection.topics().retrieverCheckpoints());
    assertThat(records).hasSize(2);
    assertThat(records.get(0).key()).isEqualTo("e5-small-v2".getBytes(UTF_8));
    assertThat(Codecs.RETRIEVER_CHECKPOINT.decode(records.get(0).value()))
        .isEqualTo(DefaultCheckpoints.e5());
    assertThat(records.get(1).value()).isEqualTo(manifest.getBytes(UTF_8));
  }

  @Test
  void aDoorWithoutControlChangesNothing() throws Exception {
    int before = proposals();
    try (Door plain = Door.open(connection, DoorSettings.onLoopback(0), null, null)) {
      HttpDoor shut = new HttpDoor(plain.address());
      assertThat(json(200, shut.get("/v1/control")).path("allowed").asBoolean()).isFalse();
      assertThat(error(403, shut.post("/v1/versions/3/activate", ""))).contains("control");
      assertThat(error(403, shut.post("/v1/checkpoints", "{\"model\": \"e5\"}")))
          .contains("control");
    }
    assertThat(proposals()).isEqualTo(before);
    assertThat(TestBroker.read(connection, connection.topics().retrieverCheckpoints())).isEmpty();
  }

  @Test
  void theCommandAllowsItWhenItIsTold() throws Exception {
    try (JavaProcess serve =
        JavaProcess.start(
            Realm.class,
            "serve",
            "--port=0",
            "--allow-control",
            "--bootstrap-servers=" + broker.servers(),
            "--topic-prefix=" + connection.topics().prefix())) {
      HttpDoor told = new HttpDoor(serve.readLine());
      assertThat(json(200, told.get("/v1/control")).path("allowed").asBoolean()).isTrue();
      json(200, told.post("/v1/versions/3/activate", ""));
    }
    assertThat(states()).containsExactly("RETIRED", "READY", "ACTIVE", "BUILDING");
  }

  private void begin(int version) {
    new VersionLog(connection)
        .propose(new Move(version, null, BUILDING, null, DefaultCheckpoints.minilm(), null));
  }

  private void change(int version, VersionState from, VersionState to) {
    new VersionLog(connection).propose(new Move(version, from, to, null, null, null));
  }

  private List<String> states() {
    return new VersionLog(connection)
        .table().versions().stream().map(entry -> entry.state().name()).toList();
  }

  private int proposals() {
    return TestBroker.read(connection, connection.topics().indexVersions()).size();
  }
}
