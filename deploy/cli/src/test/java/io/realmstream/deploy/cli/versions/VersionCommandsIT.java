package io.realmstream.deploy.cli.versions;

import static io.realmstream.schemas.version.VersionState.ACTIVE;
import static io.realmstream.schemas.version.VersionState.BUILDING;
import static io.realmstream.schemas.version.VersionState.READY;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.realmstream.deploy.cli.CommandRun;
import io.realmstream.deploy.cli.ExitCode;
import io.realmstream.deploy.cli.TestBroker;
import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.client.VersionLog;
import io.realmstream.model.checkpoint.DefaultCheckpoints;
import io.realmstream.model.version.VersionPolicy.Move;
import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands write to a real log; no job reads it, so that nothing else changes a version. */
@Timeout(120)
@SuppressWarnings("NullAway.Init") // set before each test
class VersionCommandsIT {
  private static TestBroker broker;
  private static int topicSets;
  private String prefix = "";
  private Connection connection;

  @BeforeAll
  static void startBroker(@TempDir Path directory) throws Exception {
    broker = TestBroker.start(directory);
  }

  @AfterAll
  static void stopBroker() throws Exception {
    broker.close();
  }

  /** Version 1 answers, version 2 is being built behind it. */
  @BeforeEach
  void twoVersions() throws Exception {
    prefix = "versions" + topicSets++;
    connection = broker.topics(prefix);
    VersionLog log = new VersionLog(connection);
    log.propose(new Move(1, null, BUILDING, null, DefaultCheckpoints.minilm(), null));
    log.propose(new Move(1, BUILDING, ACTIVE, null, null, null));
    log.propose(new Move(1, ACTIVE, READY, null, null, null));
    log.propose(new Move(2, null, BUILDING, null, DefaultCheckpoints.bge(), null));
  }

  @Test
  void buildingVersionIsPausedAndResumed() {
    assertThat(run("pause").out()).contains("version 2 is PAUSED");
    CommandRun again = run("pause");
    assertThat(again.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(again.err()).contains("no version is BUILDING");
    assertThat(run("resume").out()).contains("version 2 is BUILDING");
  }

  @Test
  void incompleteVersionIsNotActivated() {
    CommandRun run = run("activate", "2");
    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(states()).containsExactly("ACTIVE", "BUILDING");
  }

  @Test
  void readyVersionIsActivatedAndRolledBack() {
    new VersionLog(connection).propose(new Move(2, BUILDING, READY, null, null, null));
    assertThat(run("rollback", "2").err()).contains("never was ACTIVE");
    assertThat(run("activate", "2").out()).contains("version 2 is ACTIVE");
    assertThat(states()).containsExactly("READY", "ACTIVE");
    assertThat(run("rollback", "1").out()).contains("version 1 is ACTIVE");
    assertThat(states()).containsExactly("ACTIVE", "READY");
    assertThat(run("rollback", "7").err()).contains("there is no version 7");
  }

  @Test
  void rebuildIsAVersionOnVectorsOfItsOwn() throws Exception {
    new VersionLog(connection).propose(new Move(2, BUILDING, READY, null, null, null));
    assertThat(run("rebuild").out()).contains("version 3 is BUILDING");
    JsonNode third = JsonMapper.builder().build().readTree(versions().get(2));
    assertThat(third.path("index").asInt()).isEqualTo(3);
    assertThat(third.path("retriever").asText()).isEqualTo("all-minilm-l6-v2");
  }

  @Test
  void publishedCheckpointIsOnItsTopicAndSaysWhatItTouches() throws Exception {
    CommandRun run = run("publish-checkpoint", "e5");
    assertThat(run.out()).contains("published e5-small-v2: EVERYTHING");
    List<RetrieverCheckpoint> published = new ArrayList<>();
    String topic = connection.topics().retrieverCheckpoints();
    for (ConsumerRecord<byte[], byte[]> record : TestBroker.read(connection, topic)) {
      published.add(Codecs.RETRIEVER_CHECKPOINT.decode(record.value()));
    }
    assertThat(published).containsExactly(DefaultCheckpoints.e5());
    assertThat(run("publish-checkpoint", "no-such-file").exitCode()).isEqualTo(ExitCode.USAGE);
  }

  private List<String> states() {
    return new VersionLog(connection)
        .table().versions().stream().map(entry -> entry.state().name()).toList();
  }

  private List<String> versions() {
    return run("versions", "--json").out().lines().toList();
  }

  private CommandRun run(String... command) {
    List<String> arguments = new ArrayList<>(List.of(command));
    arguments.addAll(List.of("--bootstrap-servers", broker.servers(), "--topic-prefix", prefix));
    return CommandRun.of(arguments.toArray(String[]::new));
  }
}
