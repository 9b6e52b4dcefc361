package io.realmstream.deploy.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.deploy.cli.CommandRun;
import io.realmstream.deploy.cli.ExitCode;
import io.realmstream.deploy.cli.client.TestBroker;
import io.realmstream.deploy.embedded.JavaProcess;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint;
import org.apache.flink.runtime.taskexecutor.TaskManagerRunner;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real JobManager and a real TaskManager, processes of their own, with our jars in their lib. */
@Timeout(300)
class ForeignClusterIT {
  @Test
  void bothJobsAnswerOnAClusterThatSomebodyElseRuns(@TempDir Path directory) throws Exception {
    int rest = freePort();
    String flink = "http://localhost:" + rest;
    Path conf = configuration(directory, rest);
    try (TestBroker broker = TestBroker.start(directory.resolve("kafka"));
        JavaProcess jobManager =
            JavaProcess.start(
                StandaloneSessionClusterEntrypoint.class, "--configDir", conf.toString());
        JavaProcess taskManager =
            JavaProcess.start(TaskManagerRunner.class, "--configDir", conf.toString())) {
      assertThat(jobManager.pid()).isNotEqualTo(taskManager.pid());
      CommandRun created = run(broker, "topics", "create");
      assertThat(created.out().lines()).hasSize(9).contains("foreign.documents.v1");
      CommandRun again = run(broker, "topics", "create");
      assertThat(again.exitCode()).isEqualTo(ExitCode.OK);
      assertThat(again.out()).isEmpty();

      awaitRest(flink);
      List<String> submit =
          List.of("submit", "--flink", flink, "--model", "minilm", "--parallelism", "1");
      CommandRun submitted = run(broker, with(submit, "--set", models(directory)));
      assertThat(submitted.exitCode()).as(submitted.err()).isZero();
      assertThat(submitted.out().lines())
          .hasSize(2)
          .first()
          .asString()
          .matches("KnowledgeUpdater  [0-9a-f]{32}");
      CommandRun refused = run(broker, with(submit));
      assertThat(refused.exitCode()).isEqualTo(ExitCode.FAILED);
      assertThat(refused.err()).contains("KnowledgeUpdater is there already as ");

      Path document =
          Files.writeString(directory.resolve("Ada.txt"), "Ada keeps eleven goats on Cor.");
      CommandRun loaded = run(broker, "load", document.toString(), "--wait", "--timeout", "120");
      assertThat(loaded.exitCode()).as(loaded.err()).isZero();
      assertThat(run(broker, "ask", "How many goats does Ada keep?", "--timeout", "60").out())
          .startsWith("eleven");
    }
  }

  @Test
  void aClusterThatDoesNotAnswerIsUnreachable(@TempDir Path directory) throws Exception {
    try (TestBroker broker = TestBroker.start(directory)) {
      run(broker, "topics", "create");
      CommandRun run = run(broker, "submit", "--flink", "http://localhost:" + freePort());
      assertThat(run.exitCode()).isEqualTo(ExitCode.UNREACHABLE);
      assertThat(run.err()).startsWith("realm: no Flink answers at http://localhost:");
    }
  }

  private static String models(Path directory) {
    return "realm.model.directory=" + directory.resolve("models");
  }

  private static Path configuration(Path directory, int rest) throws IOException {
    Path conf = Files.createDirectory(directory.resolve("conf"));
    Files.writeString(
        conf.resolve("config.yaml"),
        """
        jobmanager.rpc.address: localhost
        jobmanager.rpc.port: %d
        jobmanager.memory.process.size: 1g
        rest.address: localhost
        rest.port: %d
        io.tmp.dirs: %s
        execution.checkpointing.dir: %s
        taskmanager.host: localhost
        taskmanager.resource-id: tm-1
        taskmanager.numberOfTaskSlots: 2
        taskmanager.cpu.cores: 2.0
        taskmanager.memory.task.heap.size: 256mb
        taskmanager.memory.framework.heap.size: 128mb
        taskmanager.memory.task.off-heap.size: 0
        taskmanager.memory.framework.off-heap.size: 128mb
        taskmanager.memory.network.min: 64mb
        taskmanager.memory.network.max: 64mb
        taskmanager.memory.managed.size: 256mb
        taskmanager.memory.jvm-metaspace.size: 256mb
        taskmanager.memory.jvm-overhead.min: 192mb
        taskmanager.memory.jvm-overhead.max: 192mb
        """
            .formatted(
                freePort(),
                rest,
                Files.createDirectory(directory.resolve("tmp")),
                directory.resolve("checkpoints").toUri()));
    return conf;
  }

  private static void awaitRest(String flink) {
    HttpClient client = HttpClient.newHttpClient();
    HttpRequest request = HttpRequest.newBuilder(URI.create(flink + "/overview")).build();
    Awaitility.await("Flink's REST interface")
        .atMost(Duration.ofMinutes(1))
        .ignoreExceptions()
        .until(() -> client.send(request, BodyHandlers.discarding()).statusCode() == 200);
  }

  private static String[] with(List<String> arguments, String... more) {
    List<String> all = new ArrayList<>(arguments);
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  private static CommandRun run(TestBroker broker, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--bootstrap-servers", broker.servers(), "--topic-prefix", "foreign"));
    return CommandRun.of(all.toArray(String[]::new));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
