package io.realmstream.deploy.processes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ClusterProcessTest {
  @Test
  void runsUntilItEndsAndIsKnownByItsFolder(@TempDir Path directory) throws Exception {
    Path file = Files.createFile(directory.resolve("file"));
    Process real = new ProcessBuilder("tail", "-f", file.toString()).start();
    try {
      ClusterProcess process = process(real.pid(), directory.toString());
      assertThat(process.runs()).isTrue();
      ClusterProcess other = process(real.pid(), directory + "-other");
      assertThat(other.runs()).as("another process may have its number by now").isFalse();
      other.kill();
      assertThat(real.isAlive()).isTrue();

      process.ask();
      ClusterProcess.awaitEnd(List.of(process), Duration.ofSeconds(30));
      assertThat(process.runs()).isFalse();
    } finally {
      real.destroyForcibly();
    }
  }

  @Test
  void whatDoesNotEndWhenAskedIsKilled(@TempDir Path directory) throws Exception {
    Path deaf = directory.resolve("deaf.sh");
    Files.writeString(deaf, "trap '' TERM; echo ready; while :; do sleep 0.1; done\n");
    Process real = new ProcessBuilder("bash", deaf.toString()).start();
    try {
      assertThat(real.inputReader().readLine()).isEqualTo("ready");
      ClusterProcess process = process(real.pid(), directory.toString());
      process.ask();
      ClusterProcess.awaitEnd(List.of(process), Duration.ofMillis(300));
      assertThat(process.runs()).isFalse();
      assertThat(real.waitFor()).as("of SIGKILL").isEqualTo(128 + 9);
    } finally {
      real.destroyForcibly();
    }
  }

  private static ClusterProcess process(long pid, String directory) {
    return new ClusterProcess("broker", Role.BROKER, pid, directory);
  }
}
