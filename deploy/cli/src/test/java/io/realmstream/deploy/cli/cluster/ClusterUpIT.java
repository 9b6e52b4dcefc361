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
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.OS;

/** A broker, a JobManager and two TaskManagers as processes, started by what ships. */
@Timeout(600)
class ClusterUpIT extends ClusterFixture {
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

  private ClusterProcess only(Role role) throws Exception {
    return ClusterFile.read(directory).orElseThrow().of(role).get(0);
  }
}
