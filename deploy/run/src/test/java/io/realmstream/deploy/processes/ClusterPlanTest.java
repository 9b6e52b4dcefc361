package io.realmstream.deploy.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.realmstream.deploy.embedded.host.Ports;
import io.realmstream.deploy.embedded.host.StartException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.jobmanager.HighAvailabilityMode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterPlanTest {
  @TempDir private Path directory = Path.of("unset");

  @Test
  void writesWhatTheProcessesRead() throws Exception {
    Path conf = directory.resolve("conf");
    ClusterFile file = plan(0, 1, "1900m").write(conf);

    Configuration flink = GlobalConfiguration.loadConfiguration(conf.toString());
    assertThat(file.dashboard()).isEqualTo("http://localhost:" + flink.get(RestOptions.PORT));
    assertThat(file.bootstrapServers()).matches("localhost:\\d+");
    assertThat(flink.get(TaskManagerOptions.TOTAL_PROCESS_MEMORY).getMebiBytes()).isEqualTo(1900);
    assertThat(flink.get(TaskManagerOptions.NUM_TASK_SLOTS)).isEqualTo(2);
    assertThat(Files.readString(conf.resolve("server.properties")))
        .contains("PLAINTEXT\\://" + file.bootstrapServers().replace(":", "\\:"));
  }

  @Test
  void standbyHasADashboardOfItsOwnAndAPlaceToAgree() throws Exception {
    Path conf = directory.resolve("conf");
    ClusterSize size = new ClusterSize(true, 1, null, 2);
    int metrics = firstOfFreePorts(3);
    ClusterFile file = new ClusterPlan(directory, 0, 0, metrics, size, List.of()).write(conf);

    Configuration flink = GlobalConfiguration.loadConfiguration(conf.toString());
    assertThat(file.dashboards()).hasSize(2).doesNotHaveDuplicates();
    assertThat(HighAvailabilityMode.fromConfig(flink)).isEqualTo(HighAvailabilityMode.ZOOKEEPER);
    assertThat(flink.get(HighAvailabilityOptions.HA_ZOOKEEPER_QUORUM))
        .isEqualTo("localhost:" + ProcessFiles.zooKeeperPort(conf));
    assertThat(flink.get(HighAvailabilityOptions.HA_STORAGE_PATH))
        .isEqualTo("file:" + directory.resolve("leader"));
    // two JobManagers and a TaskManager
    assertThat(flink.toMap())
        .containsEntry("metrics.reporter.prometheus.port", metrics + "-" + (metrics + 2));
  }

  /** Other tests take ports meanwhile. */
  private static int firstOfFreePorts(int count) throws StartException {
    while (true) {
      int first = Ports.free(1).get(0);
      try {
        for (int i = 1; i < count; i++) {
          Ports.claim(first + i, "test");
        }
        return first;
      } catch (StartException e) {
        // one of them is taken: look elsewhere
      }
    }
  }

  @Test
  void memoryThatFlinkOrTheMachineCannotGiveIsSaid() {
    refused(plan(0, 1, "300m"), "Flink refuses the memory of TaskManagers: ");
    refused(plan(0, 1, "much"), "Flink refuses the memory of TaskManagers: ");
    refused(plan(0, 2, "90000g"), "no memory: the processes may take 184321792 MiB, ");
  }

  @Test
  void portThatIsTakenIsSaid() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      refused(plan(port, 1, null), "port %d for Kafka is taken".formatted(port));
    }
  }

  @Test
  void folderWhoseNameDividesAListIsSaid() {
    ClusterPlan plan =
        new ClusterPlan(
            directory.resolve("a,b"), 0, 0, null, new ClusterSize(false, 1, null, 2), List.of());
    refused(plan, "the folder's name may have no , : ; or ! in it");
  }

  private void refused(ClusterPlan plan, String reason) {
    assertThatThrownBy(() -> plan.write(directory.resolve("conf")))
        .isInstanceOf(StartException.class)
        .hasMessageStartingWith(reason)
        .message()
        .hasLineCount(1);
  }

  private ClusterPlan plan(int kafkaPort, int taskManagers, @Nullable String memory) {
    ClusterSize size = new ClusterSize(false, taskManagers, memory, 2);
    return new ClusterPlan(directory, kafkaPort, 0, null, size, List.of());
  }
}
