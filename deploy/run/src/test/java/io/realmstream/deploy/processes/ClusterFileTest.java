package io.realmstream.deploy.processes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterFileTest {
  private static final ClusterProcess BROKER = new ClusterProcess("broker", Role.BROKER, 1, "/d");
  private static final ClusterProcess JOBS =
      new ClusterProcess("jobmanager", Role.JOBMANAGER, 2, "/d");
  private static final ClusterFile FILE =
      new ClusterFile(
              "localhost:1", List.of("http://localhost:2"), List.of("--model", "e5"), List.of())
          .with(BROKER)
          .with(JOBS);

  @Test
  void isReadAsItWasWritten(@TempDir Path directory) throws Exception {
    assertThat(ClusterFile.read(directory)).isEmpty();
    FILE.write(directory);
    assertThat(ClusterFile.read(directory)).contains(FILE);
    ClusterFile.remove(directory);
    assertThat(ClusterFile.read(directory)).isEmpty();
  }

  @Test
  void dashboardIsOfAJobManagerThatRuns(@TempDir Path directory) throws Exception {
    assertThat(FILE.dashboard()).as("none runs: that of the first").isEqualTo("http://localhost:2");
    Path file = Files.createFile(directory.resolve("file"));
    Process real = new ProcessBuilder("tail", "-f", file.toString()).start();
    try {
      List<String> dashboards = List.of("http://localhost:2", "http://localhost:3");
      ClusterFile two =
          new ClusterFile("localhost:1", dashboards, List.of(), List.of())
              .with(JOBS)
              .with(
                  new ClusterProcess(
                      "jobmanager-2", Role.JOBMANAGER, real.pid(), directory.toString()));
      assertThat(two.dashboard()).isEqualTo("http://localhost:3");
      assertThat(two.dashboard(JOBS)).isEqualTo("http://localhost:2");
    } finally {
      real.destroyForcibly();
    }
  }

  @Test
  void processThatStartsAgainTakesItsOldPlace() {
    ClusterProcess again = new ClusterProcess("broker", Role.BROKER, 3, "/d");
    assertThat(FILE.with(again).processes()).containsExactly(again, JOBS);
    assertThat(FILE.of(Role.JOBMANAGER)).containsExactly(JOBS);
    assertThat(FILE.of(Role.TASKMANAGER)).isEmpty();
  }
}
