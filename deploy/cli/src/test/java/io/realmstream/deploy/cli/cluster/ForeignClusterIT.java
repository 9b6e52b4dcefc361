package io.realmstream.deploy.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.deploy.cli.CommandRun;
import io.realmstream.deploy.cli.ExitCode;
import io.realmstream.deploy.cli.TestBroker;
import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.embedded.JavaProcess;
import io.realmstream.deploy.flink.FlinkRest;
import io.realmstream.schemas.Topics;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.runtime.taskexecutor.TaskManagerRunner;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real JobManager and a real TaskManager, processes of their own, with our jars in their lib and
 * the configuration that the compose file gives them.
 */
@Timeout(900)
class ForeignClusterIT {
  @Test
  void bothJobsAnswerOnAClusterThatSomebodyElseRuns(@TempDir Path directory) throws Exception {
    FlinkProcesses processes = new FlinkProcesses(directory);
    String flink = processes.rest();
    Path logs = Files.createDirectory(directory.resolve("logs"));
    PlantedSecret secret = new PlantedSecret(directory);
    Path client = Files.writeString(directory.resolve("client.properties"), secret.references());
    String[] referring = {"--kafka-config", client.toString()};
    try (TestBroker broker = TestBroker.start(directory.resolve("kafka"));
        JavaProcess jobManager = processes.jobManager(logs);
        JavaProcess taskManager = processes.taskManager(logs)) {
      assertThat(jobManager.pid()).isNotEqualTo(taskManager.pid());
      createTopics(broker);
      awaitRest(flink);
      CommandRun submitted = run(broker, submission(flink, directory, referring));
      assertThat(submitted.exitCode()).as(submitted.err()).isZero();
      assertThat(submitted.out()).matches("(?s)KnowledgeUpdater  [0-9a-f]{32}\n[^\n]+\n");
      CommandRun refused = run(broker, submission(flink, directory, referring));
      assertThat(refused.exitCode()).isEqualTo(ExitCode.FAILED);
      assertThat(refused.err())
          .as("whichever sign comes first")
          .containsAnyOf(
              "KnowledgeUpdater is there already as ", "an updater reads ", "a retriever reads ");

      Path document =
          Files.writeString(directory.resolve("Ada.txt"), "Ada keeps eleven goats on Cor.");
      CommandRun loaded = run(broker, "load", document.toString(), "--wait", "--timeout", "120");
      assertThat(loaded.exitCode()).as(loaded.err()).isZero();
      requireAnswer(broker);
      processes.requireMetrics();

      requireHidden(secret, broker, flink, logs);
      assertThat(secret.isIn(PlantedSecret.arguments(jobManager, taskManager))).isFalse();
      String second = FlinkProcesses.nobody();
      requireAlone(
          "a retriever reads foreign.queries.v1",
          run(broker, submission(second, directory, both(referring, "--job", "retriever"))));

      String ofUpdater = savepoint(flink, job(submitted, 0), directory);
      String savepoint = stop(flink, job(submitted, 1), directory);
      Path plain = Files.writeString(directory.resolve("plain.properties"), secret.plain());
      String[] plainly = {
        "--job", "retriever", "--from", savepoint, "--kafka-config", plain.toString()
      };
      requireKept(secret, run(broker, submission(flink, directory, plainly)));
      requireRefusals(broker, flink, directory, new BadSavepoints(savepoint, ofUpdater));
      String[] told = both(plainly, "--allow-plain-secrets");
      resume(broker, flink, savepoint, submission(flink, directory, told));
      processes.requireNothingOf(taskManager);
    }
  }

  /** What stands in the settings as it is is refused without being said. */
  private static void requireKept(PlantedSecret secret, CommandRun refused) {
    assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(secret.isIn(List.of(refused.out(), refused.err()))).isFalse();
  }

  /** Nothing changes: the same savepoint is gone on from afterwards. */
  private static void requireRefusals(
      TestBroker broker, String flink, Path directory, BadSavepoints bad) throws Exception {
    Map<String, Long> before = bad.fingerprint();
    for (Map.Entry<String, URI> each :
        bad.all(Files.createDirectory(directory.resolve("bad"))).entrySet()) {
      String[] from = from(each.getValue().toString());
      requireRefusal(each.getKey(), run(broker, submission(flink, directory, from)));
    }
    String[] shards = both(from(bad.good()), "--set", "realm.shards=64");
    requireRefusal("other shards", run(broker, submission(flink, directory, shards)));
    assertThat(bad.fingerprint()).isEqualTo(before);
    assertThat(rest(flink).jobs().stream().filter(job -> job.state().equals("RUNNING")))
        .as("jobs that run")
        .singleElement()
        .extracting(FlinkRest.Job::name)
        .isEqualTo("KnowledgeUpdater");
  }

  private static String[] from(String savepoint) {
    return new String[] {"--job", "retriever", "--from", savepoint};
  }

  private static void requireRefusal(String why, CommandRun refused) {
    assertThat(refused.exitCode()).as("%s: %s", why, refused.err()).isEqualTo(ExitCode.FAILED);
    assertThat(refused.out()).as(why).isEmpty();
    assertThat(refused.err().lines())
        .as(why)
        .singleElement()
        .asString()
        .matches("realm: (KnowledgeRetriever does not go on from|Flink refuses /jars/).*");
  }

  private static void resume(TestBroker broker, String flink, String savepoint, String[] submission)
      throws Exception {
    CommandRun resumed = run(broker, submission);
    assertThat(resumed.exitCode()).as(resumed.err()).isZero();
    requireAnswer(broker);
    String checkpoints = "/jobs/" + job(resumed, 0) + "/checkpoints";
    assertThat(rest(flink).get(checkpoints).at("/latest/restored/external_path").asText())
        .isEqualTo(savepoint);
  }

  /** One on another cluster is refused by what the first one writes, not by its name there. */
  private static void requireAlone(String already, CommandRun second) {
    assertThat(second.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(second.err()).contains(already);
  }

  private static String[] both(String[] first, String... second) {
    return Stream.of(first, second).flatMap(Stream::of).toArray(String[]::new);
  }

  /** The clients of both jobs have resolved it, as the answer before shows, and nobody tells. */
  private static void requireHidden(
      PlantedSecret secret, TestBroker broker, String flink, Path logs) throws Exception {
    Connection connection =
        new Connection(Map.of("bootstrap.servers", broker.servers()), new Topics("foreign"));
    TestBroker.write(connection, connection.topics().documents(), "x", new byte[] {1});
    TestBroker.write(connection, connection.topics().queries(), "x", new byte[] {1});
    Awaitility.await("dead letters of both jobs")
        .atMost(Duration.ofMinutes(1))
        .until(
            () ->
                PlantedSecret.deadLetters(connection).contains("decode-queries")
                    && PlantedSecret.deadLetters(connection).contains("decode-documents"));
    assertThat(secret.isIn(PlantedSecret.deadLetters(connection))).isFalse();
    List<String> told = PlantedSecret.rest(flink);
    assertThat(secret.isIn(told)).isFalse();
    assertThat(told)
        .as("what the search has seen")
        .anyMatch(text -> text.contains("KnowledgeUpdater"));
    String log = Files.readString(logs.resolve(TaskManagerRunner.class.getSimpleName() + ".log"));
    assertThat(log)
        .contains("ssl.truststore.password = [hidden]")
        .contains("client.rack = " + PlantedSecret.RACK);
    for (Path file : files(logs)) {
      assertThat(secret.isIn(List.of(Files.readString(file)))).as(file.toString()).isFalse();
    }
  }

  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }

  private static void createTopics(TestBroker broker) {
    CommandRun created = run(broker, "topics", "create");
    assertThat(created.out().lines()).contains("foreign.documents.v1", "foreign.answers.v1");
    CommandRun again = run(broker, "topics", "create");
    assertThat(again.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(again.out()).isEmpty();
  }

  private static void requireAnswer(TestBroker broker) {
    CommandRun asked = run(broker, "ask", "How many goats does Ada keep?", "--timeout", "60");
    assertThat(asked.out()).startsWith("eleven");
  }

  private static String[] submission(String flink, Path directory, String... more) {
    List<String> all = new ArrayList<>(List.of("submit", "--flink", flink, "--model", "minilm"));
    all.addAll(List.of("--parallelism", "1"));
    all.addAll(List.of("--set", "realm.model.directory=" + directory.resolve("models")));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  private static String job(CommandRun submitted, int line) {
    return submitted.out().lines().toList().get(line).replaceAll(".* ", "");
  }

  /** Where it is. */
  private static String savepoint(String flink, String job, Path directory) {
    Map<String, Object> how = Map.of("cancel-job", false, "target-directory", directory.toUri());
    return savepoint(flink, job, "savepoints", how);
  }

  /** Stops a job with a savepoint; returns where that is. */
  private static String stop(String flink, String job, Path directory) {
    Map<String, Object> how = Map.of("drain", false, "targetDirectory", directory.toUri());
    return savepoint(flink, job, "stop", how);
  }

  private static String savepoint(String flink, String job, String ask, Map<String, Object> how) {
    FlinkRest rest = rest(flink);
    String path = "/jobs/" + job + "/";
    String trigger = rest.post(path + ask, how).path("request-id").asText();
    String savepoint = path + "savepoints/" + trigger;
    Awaitility.await("the savepoint")
        .atMost(Duration.ofMinutes(1))
        .until(() -> rest.get(savepoint).at("/status/id").asText().equals("COMPLETED"));
    return rest.get(savepoint).at("/operation/location").asText();
  }

  private static FlinkRest rest(String flink) {
    return new FlinkRest(flink, Duration.ofMinutes(1));
  }

  @Test
  void aClusterThatDoesNotAnswerIsUnreachable(@TempDir Path directory) throws Exception {
    try (TestBroker broker = TestBroker.start(directory)) {
      run(broker, "topics", "create");
      CommandRun run = run(broker, "submit", "--flink", FlinkProcesses.nobody());
      assertThat(run.exitCode()).isEqualTo(ExitCode.UNREACHABLE);
      assertThat(run.err()).startsWith("realm: no Flink answers at http://localhost:");
    }
  }

  private static void awaitRest(String flink) {
    Awaitility.await("Flink's REST interface")
        .atMost(Duration.ofMinutes(3))
        .ignoreExceptions()
        .until(() -> rest(flink).get("/overview").has("flink-version"));
  }

  private static CommandRun run(TestBroker broker, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--bootstrap-servers", broker.servers(), "--topic-prefix", "foreign"));
    return CommandRun.of(all.toArray(String[]::new));
  }
}
