package io.realmstream.deploy.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.embedded.host.Ports;
import io.realmstream.deploy.embedded.host.StartException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What needs no jars; {@code ClusterUpIT} has the rest. */
@Timeout(120)
class LocalClusterTest {
  private static final Path NO_JARS = Path.of("/nowhere");

  @TempDir private Path directory = Path.of("unset");
  private final List<String> said = new ArrayList<>();

  @Test
  void secondOneInAFolderIsRefusedAndTheFirstStays() throws Exception {
    Path file = Files.createFile(directory.resolve("file"));
    Process real = new ProcessBuilder("tail", "-f", file.toString()).start();
    try {
      ClusterProcess broker =
          new ClusterProcess("broker", Role.BROKER, real.pid(), directory.toString());
      ClusterProcess ended = new ClusterProcess("jobmanager", Role.JOBMANAGER, -1, "/d");
      new ClusterFile("localhost:1", List.of("http://localhost:2"), List.of(), List.of())
          .with(broker)
          .with(ended)
          .write(directory);
      try (LocalCluster cluster = LocalCluster.open(directory, NO_JARS, said::add)) {
        assertThatThrownBy(() -> cluster.up(plan()))
            .isInstanceOf(StartException.class)
            .hasMessageContaining("has a cluster already")
            .hasMessageContaining("1 of its 2 processes run");
      }
      assertThat(real.isAlive()).isTrue();
      try (LocalCluster cluster = LocalCluster.open(directory, NO_JARS, said::add)) {
        cluster.down();
      }
      assertThat(real.waitFor()).isEqualTo(128 + 15);
      assertThat(ClusterFile.read(directory)).isEmpty();
    } finally {
      real.destroyForcibly();
    }
  }

  @Test
  void oneThatDoesNotStartLeavesNothing() throws Exception {
    try (LocalCluster cluster = LocalCluster.open(directory, NO_JARS, said::add)) {
      assertThatThrownBy(() -> cluster.up(plan()))
          .isInstanceOf(StartException.class)
          .hasMessageStartingWith("broker ended: start.sh: REALM_LIB_DIR is '/nowhere'");
      assertThat(ClusterFile.read(directory)).isPresent();
    }
    assertThat(ClusterFile.read(directory)).isEmpty();
  }

  @Test
  void folderThatAnotherHasIsRefused() throws Exception {
    try (LocalCluster cluster = LocalCluster.open(directory, NO_JARS, said::add)) {
      assertThat(cluster.file().processes()).isEmpty();
      assertThatThrownBy(() -> LocalCluster.open(directory, NO_JARS, said::add))
          .isInstanceOf(StartException.class)
          .hasMessageContaining("is in use by process " + ProcessHandle.current().pid());
    }
  }

  @Test
  void brokerThatDoesNotAnswerIsAskedAgain() throws Exception {
    int nobody = Ports.free(1).get(0);
    assertThat(LocalCluster.hasTopics(Connection.to("localhost:" + nobody))).isFalse();
  }

  private ClusterPlan plan() {
    return new ClusterPlan(directory, 0, 0, null, new ClusterSize(false, 1, null, 2), List.of());
  }
}
