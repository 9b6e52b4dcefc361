package io.realmstream.deploy.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.deploy.cli.CommandRun;
import io.realmstream.deploy.cli.ExitCode;
import io.realmstream.deploy.embedded.host.Ports;
import io.realmstream.deploy.processes.ClusterFile;
import io.realmstream.deploy.processes.ClusterProcess;
import io.realmstream.deploy.processes.Leader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Two JobManagers and ZooKeeper as processes, and what {@code cluster up} refuses. The first takes
 * minutes on a busy machine, so it is run by command: {@code -Drealm.faults=true}.
 */
@Timeout(600)
class StandbyIT extends ClusterFixture {
  @Test
  @EnabledIfSystemProperty(named = "realm.faults", matches = "true")
  void standbyTakesOverAndDownEndsWhatIsLeft() throws Exception {
    ok(cluster(up("--standby", "--task-managers=1")));
    assertThat(ok(cluster("status")).out())
        .containsPattern("zookeeper +runs as \\d+ ")
        .containsPattern("jobmanager +runs as \\d+, leads ")
        .containsPattern("jobmanager-2 +runs as \\d+, stands by ");
    load("Ada", "Ada keeps eleven goats on Cor.");
    requireAnswer("How many goats does Ada keep?", "eleven");

    kill(process("jobmanager"));
    requireLeader("jobmanager-2");
    load("Bo", "Bo keeps seventeen geese on Cor.");
    requireAnswer("How many geese does Bo keep?", "seventeen");
    CommandRun status = cluster("status");
    assertThat(status.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(status.out()).containsPattern("jobmanager +has ended");

    assertThat(ok(cluster("start")).out().lines()).containsExactly("jobmanager");
    assertThat(ok(cluster("status")).out())
        .containsPattern("jobmanager +runs as \\d+, stands by ")
        .containsPattern("jobmanager-2 +runs as \\d+, leads ");
    requireAnswer("How many goats does Ada keep?", "eleven");

    // down ends what is left, whatever somebody has killed by hand
    remember();
    kill(process("broker"));
    kill(process("jobmanager-2"));
    ok(cluster("down"));
    assertThat(started).noneMatch(ClusterProcess::runs);
    assertThat(ClusterFile.read(directory)).isEmpty();
  }

  @Test
  void whatDoesNotSufficeIsOneLineAndLeavesNothing() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      refused("port %d for Kafka is taken".formatted(port), "--kafka-port=" + port);
      refused("port %d for metrics is taken".formatted(port), "--metrics-port=" + port);
    }
    refused("no memory: the processes may take", "--memory=90000g");
    refused("Flink refuses the memory of TaskManagers", "--memory=1m");
    Path file = Files.createFile(directory.resolve("file"));
    CommandRun run = CommandRun.of("cluster", "up", "--dir=" + file);
    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err().lines()).singleElement().asString().contains(file.toString());
  }

  private void refused(String reason, String option) throws Exception {
    CommandRun run = cluster(up(option));
    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err().lines()).singleElement().asString().contains("cannot start: " + reason);
    assertThat(ClusterFile.read(directory)).isEmpty();
  }

  private static String[] up(String... more) throws Exception {
    List<String> options = new ArrayList<>(List.of("up", "--parallelism=1", "--model=minilm"));
    options.add("--dashboard-port=0");
    List<String> given = List.of(more);
    if (given.stream().noneMatch(option -> option.startsWith("--kafka-port"))) {
      options.add("--kafka-port=" + Ports.free(1).get(0));
    }
    options.addAll(given);
    return options.toArray(String[]::new);
  }

  private void requireLeader(String name) throws Exception {
    ClusterFile file = ClusterFile.read(directory).orElseThrow();
    Awaitility.await(name + " leads")
        .atMost(PATIENCE)
        .until(
            () ->
                Leader.of(file, directory, Duration.ofSeconds(5))
                    .map(leader -> leader.name().equals(name))
                    .orElse(false));
  }

  private ClusterProcess process(String name) throws Exception {
    return ClusterFile.read(directory).orElseThrow().processes().stream()
        .filter(process -> process.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
