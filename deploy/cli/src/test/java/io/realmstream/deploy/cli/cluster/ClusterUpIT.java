package io.realmstream.deploy.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.realmstream.deploy.cli.CommandFailure;
import io.realmstream.deploy.cli.CommandRun;
import io.realmstream.deploy.cli.ExitCode;
import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.embedded.ListeningSockets;
import io.realmstream.deploy.embedded.cluster.RealmJob;
import io.realmstream.deploy.embedded.host.RunFile;
import io.realmstream.deploy.flink.FlinkRest;
import io.realmstream.deploy.processes.ClusterFile;
import io.realmstream.deploy.processes.ClusterProcess;
import io.realmstream.deploy.processes.Role;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A broker, a JobManager and two TaskManagers as processes, started by what ships. */
@Timeout(600)
class ClusterUpIT {
  @TempDir private Path directory = Path.of("unset");
  private final List<ClusterProcess> started = new ArrayList<>();

  @AfterEach
  void nothingIsLeft() throws Exception {
    remember();
    started.forEach(ClusterProcess::kill);
  }

  @Test
  void answersComeBackAfterTheLossOfATaskManagerAndAfterAStop() throws Exception {
    ok(up());
    requireLoopback();
    load("Ada", "Ada keeps eleven goats on Cor.");
    requireAnswer("How many goats does Ada keep?", "eleven");
    CommandRun second = up();
    assertThat(second.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(second.err().lines())
        .singleElement()
        .asString()
        .contains("has a cluster already: 4 of its 4 processes run");

    assertThat(run("down").exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run("up", "--kafka-port=0", "--dashboard-port=0").exitCode())
        .isEqualTo(ExitCode.FAILED);
    assertThat(cluster("status").exitCode()).as("all run as before").isEqualTo(ExitCode.OK);

    ClusterProcess lost = taskManagerOf(RealmJob.RETRIEVER);
    kill(lost);
    CommandRun status = cluster("status");
    assertThat(status.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(status.out()).containsPattern(lost.name() + " +has ended");
    requireAnswer("How many goats does Ada keep?", "eleven");
    assertThat(ok(cluster("start")).out().lines()).containsExactly(lost.name());

    // what a lost JobManager had is submitted again from the checkpoints
    remember();
    kill(only(Role.JOBMANAGER));
    assertThat(ok(cluster("start")).out().lines())
        .containsExactly("jobmanager", "taskmanager-1", "taskmanager-2");
    requireAnswer("How many goats does Ada keep?", "eleven");
    load("Bo", "Bo keeps seventeen geese on Cor.");

    remember();
    ok(cluster("down"));
    assertThat(started).noneMatch(ClusterProcess::runs);
    assertThat(RunFile.read(directory)).isEmpty();

    ok(up());
    requireAnswer("How many geese does Bo keep?", "seventeen");
    requireNoBeginningFromNothing();
    remember();
    ok(cluster("down"));
    assertThat(started).noneMatch(ClusterProcess::runs);
  }

  /** Another machine reaches none of the processes. */
  private void requireLoopback() throws Exception {
    if (!OS.LINUX.isCurrentOs()) {
      return;
    }
    for (ClusterProcess process : ClusterFile.read(directory).orElseThrow().processes()) {
      assertThat(ListeningSockets.of(process.pid()))
          .as(process.name())
          .isNotEmpty()
          .allMatch(socket -> socket.getAddress().isLoopbackAddress());
    }
  }

  /** Jobs that have read their topics do not begin empty because the folder is a wrong one. */
  private void requireNoBeginningFromNothing() throws Exception {
    String broker = ClusterFile.read(directory).orElseThrow().bootstrapServers();
    Resumption wrong = new Resumption(directory.resolve("wrong"), Connection.to(broker));
    assertThatThrownBy(() -> wrong.checkpoint(RealmJob.UPDATER))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("KnowledgeUpdater has read its topics before");
  }

  private CommandRun up() {
    return cluster(
        "up",
        "--task-managers=2",
        "--parallelism=1",
        "--kafka-port=0",
        "--dashboard-port=0",
        "--model=minilm");
  }

  private void load(String name, String text) throws Exception {
    Path document = Files.writeString(directory.resolve(name + ".txt"), text);
    ok(run("load", document.toString(), "--wait", "--timeout=120"));
  }

  private void requireAnswer(String question, String answer) {
    Awaitility.await(question)
        .atMost(Duration.ofMinutes(2))
        .until(() -> run("ask", question, "--timeout=20").out().startsWith(answer));
  }

  private ClusterProcess taskManagerOf(RealmJob job) throws Exception {
    ClusterFile cluster = ClusterFile.read(directory).orElseThrow();
    FlinkRest flink = new FlinkRest(cluster.dashboard(), Duration.ofSeconds(20));
    String path = "/jobs/" + Resumption.id(job.jobName());
    String vertex = flink.get(path).at("/vertices/0/id").asText();
    JsonNode task = flink.get(path + "/vertices/" + vertex).at("/subtasks/0");
    String name = task.path("taskmanager-id").asText();
    return cluster.processes().stream()
        .filter(process -> process.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no TaskManager " + name + ": " + task));
  }

  /** Returns when it is gone. */
  private static void kill(ClusterProcess process) {
    process.kill();
    Awaitility.await(process.name()).until(() -> !process.runs());
  }

  private ClusterProcess only(Role role) throws Exception {
    return ClusterFile.read(directory).orElseThrow().of(role).get(0);
  }

  private void remember() throws Exception {
    ClusterFile.read(directory).ifPresent(cluster -> started.addAll(cluster.processes()));
  }

  private static CommandRun ok(CommandRun run) {
    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.OK);
    return run;
  }

  private CommandRun cluster(String... arguments) {
    List<String> all = new ArrayList<>(List.of("cluster"));
    all.addAll(List.of(arguments));
    return run(all.toArray(String[]::new));
  }

  private CommandRun run(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--dir=" + directory);
    return CommandRun.of(all.toArray(String[]::new));
  }
}
