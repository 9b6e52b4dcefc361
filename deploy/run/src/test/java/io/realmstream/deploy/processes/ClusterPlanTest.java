package io.realmstream.deploy.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.realmstream.deploy.embedded.host.StartException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClusterPlanTest {
  @TempDir private Path directory = Path.of("unset");

  /** Two jobs of that parallelism must fit into all TaskManagers but one. */
  @ParameterizedTest
  @CsvSource({"1, 1, 2", "2, 1, 2", "3, 1, 1", "2, 4, 8", "3, 4, 4", "4, 4, 3"})
  void oneOfSeveralTaskManagersMayBeLost(int taskManagers, int parallelism, int slots) {
    assertThat(plan(0, taskManagers, null, parallelism).slots()).isEqualTo(slots);
  }

  @Test
  void writesWhatTheProcessesRead() throws Exception {
    Path conf = directory.resolve("conf");
    ClusterFile file = plan(0, 1, "1900m", 2).write(conf);

    Configuration flink = GlobalConfiguration.loadConfiguration(conf.toString());
    assertThat(file.dashboard()).isEqualTo("http://localhost:" + flink.get(RestOptions.PORT));
    assertThat(file.bootstrapServers()).matches("localhost:\\d+");
    assertThat(flink.get(TaskManagerOptions.TOTAL_PROCESS_MEMORY).getMebiBytes()).isEqualTo(1900);
    assertThat(flink.get(TaskManagerOptions.NUM_TASK_SLOTS)).isEqualTo(4);
    assertThat(Files.readString(conf.resolve("server.properties")))
        .contains("PLAINTEXT\\://" + file.bootstrapServers().replace(":", "\\:"));
  }

  @Test
  void memoryThatFlinkOrTheMachineCannotGiveIsSaid() {
    refused(plan(0, 1, "300m", 1), "Flink refuses the memory of TaskManagers: ");
    refused(plan(0, 1, "much", 1), "Flink refuses the memory of TaskManagers: ");
    refused(plan(0, 2, "90000g", 1), "no memory: the processes may take 184321792 MiB, ");
  }

  @Test
  void portThatIsTakenIsSaid() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      refused(plan(port, 1, null, 1), "port %d for Kafka is taken".formatted(port));
    }
  }

  @Test
  void folderWhoseNameDividesAListIsSaid() {
    ClusterPlan plan = new ClusterPlan(directory.resolve("a,b"), 0, 0, 1, null, 2, 1, List.of());
    refused(plan, "the folder's name may have no , : ; or ! in it");
  }

  private void refused(ClusterPlan plan, String reason) {
    assertThatThrownBy(() -> plan.write(directory.resolve("conf")))
        .isInstanceOf(StartException.class)
        .hasMessageStartingWith(reason)
        .message()
        .hasLineCount(1);
  }

  private ClusterPlan plan(
      int kafkaPort, int taskManagers, @Nullable String memory, int parallelism) {
    return new ClusterPlan(
        directory, kafkaPort, 0, taskManagers, memory, 2, parallelism, List.of());
  }
}
