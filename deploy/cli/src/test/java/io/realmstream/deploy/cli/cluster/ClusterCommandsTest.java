package io.realmstream.deploy.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.deploy.cli.CommandRun;
import io.realmstream.deploy.cli.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said without a cluster, and of one whose processes are gone. */
class ClusterCommandsTest {
  @TempDir private Path directory = Path.of("unset");

  @Test
  void folderWithoutAClusterIsSaid() {
    for (String command : new String[] {"status", "start"}) {
      CommandRun run = cluster(command);
      assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
      assertThat(run.err().lines()).containsExactly("realm: no cluster in " + directory);
    }
    CommandRun down = cluster("down");
    assertThat(down.exitCode()).as("nothing is left, as was asked for").isEqualTo(ExitCode.OK);
    assertThat(down.err().lines()).containsExactly("no cluster in " + directory);
  }

  @Test
  void processesThatHaveEndedAreNamed() throws Exception {
    Files.writeString(
        directory.resolve("cluster.json"),
        """
        {"bootstrapServers": "localhost:1", "dashboards": ["http://localhost:1"], "submission": [],
         "processes": [{"name": "broker", "role": "BROKER", "pid": 1, "directory": "/elsewhere"}]}
        """);
    CommandRun status = cluster("status");
    assertThat(status.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(status.out().lines())
        .containsExactly("broker              has ended         /elsewhere/processes/broker");
    assertThat(status.err().lines()).containsExactly("no Flink answers at http://localhost:1");
    assertThat(cluster("status", "--json").out().lines())
        .containsExactly(
            "{\"name\":\"broker\",\"state\":\"has ended\",\"place\":\"/elsewhere/processes/broker\"}");
  }

  @Test
  void embeddedRunLeavesAFolderWithAClusterAsItIs() throws Exception {
    Path file =
        Files.writeString(
            directory.resolve("cluster.json"),
            """
            {"bootstrapServers": "localhost:1", "dashboards": ["http://localhost:1"],
             "submission": [], "processes": []}
            """);
    Path open = Files.createFile(Files.createDirectory(directory.resolve("tmp")).resolve("open"));
    String words = directory + " has a cluster of processes; stop it with `realm cluster down`";
    CommandRun down = CommandRun.of("down", "--dir=" + directory);
    assertThat(down.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(down.err().lines()).containsExactly("realm: " + words);
    CommandRun up = CommandRun.of("up", "--dir=" + directory);
    assertThat(up.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(up.err().lines())
        .contains("realm: cannot start: " + words + ", or choose another folder");
    assertThat(file).exists();
    assertThat(open).exists();
    assertThat(directory.resolve("kafka")).doesNotExist();
  }

  @Test
  void portsThatAreTheSameAreAUsageError() {
    CommandRun run = cluster("up", "--kafka-port=5000", "--dashboard-port=5000");
    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err().lines())
        .containsExactly("realm: --kafka-port and --dashboard-port must differ");
    assertThat(cluster("up", "--task-managers=0").exitCode()).isEqualTo(ExitCode.USAGE);
  }

  private CommandRun cluster(String... arguments) {
    String[] all = new String[arguments.length + 2];
    all[0] = "cluster";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    all[arguments.length + 1] = "--dir=" + directory;
    return CommandRun.of(all);
  }
}
